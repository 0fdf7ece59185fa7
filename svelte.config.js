import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

const stripeScript = 'https://js.stripe.com';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  kit: {
    adapter: adapter({ out: 'build/web' }),
    files: { src: 'web/src', assets: 'web/static' },
    csp: {
      mode: 'auto',
      directives: {
        'default-src': ['self'],
        'script-src': ['self', stripeScript],
        'style-src': ['self'],
        // SvelteKit hides its announcer of page changes with a style attribute.
        'style-src-attr': ['unsafe-inline'],
        'img-src': ['self', 'data:'],
        // Small subsets of the font are inlined by the bundler.
        'font-src': ['self', 'data:'],
        'connect-src': ['self', 'https://api.stripe.com'],
        'frame-src': [stripeScript, 'https://hooks.stripe.com'],
        'object-src': ['none'],
        'base-uri': ['self'],
        'form-action': ['self'],
        'frame-ancestors': ['none'],
      },
    },
  },
};
