import { defineConfig } from 'vite';

// Programs beside the product, each a bundle of its own; packages stay outside.
export default defineConfig({
  build: {
    ssr: 'standins/stripe/main.ts',
    outDir: 'build/standins',
    target: 'node20',
    sourcemap: true,
    copyPublicDir: false,
    rolldownOptions: { output: { entryFileNames: 'stripe.js' } },
  },
});
