import type { sections as Words } from '../ja/sections.ts';

export const sections: typeof Words = {
  label: 'Pages of this booking',
  '': 'Overview',
  '/reduction': 'Reduction',
  '/plan': 'Planning',
  '/equipment': 'Equipment',
  '/readings': 'Meters',
  '/change': 'Change',
  '/settlement': 'Settlement',
  '/refunds': 'Refunds',
  '/documents': 'Documents',
  '/debt': 'Dunning',
  '/history': 'History',
};
