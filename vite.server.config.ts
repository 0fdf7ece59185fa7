import { defineConfig } from 'vite';

// The API server is its own bundle: packages stay outside, our files become one with a source map.
export default defineConfig({
  build: {
    ssr: 'api/server.ts',
    outDir: 'build/server',
    target: 'node20',
    sourcemap: true,
    copyPublicDir: false,
    rolldownOptions: { output: { entryFileNames: 'server.js' } },
  },
});
