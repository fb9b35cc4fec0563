/** Outlines on a 24 × 24 grid, drawn with a round pen. */
export const outlines = {
  back: 'M15 5l-7 7 7 7',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  chevron: 'M6 9.5l6 6 6-6',
  close: 'M6 6l12 12M18 6L6 18',
  copy: 'M9 9V6a2 2 0 0 1 2-2h7a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-3M6 9h7a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2z',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  forward: 'M9 5l7 7-7 7',
  minus: 'M6 12h12',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  offline: 'M4 4l16 16M8.5 5.8A6 6 0 0 1 17.6 10 4.2 4.2 0 0 1 20.4 17M16 18.5H7a4.5 4.5 0 0 1-.9-8.9',
  pencil: 'M4.5 19.5l1-4L16 5l3.5 3.5L9 18.5zM13.5 7.5L17 11',
  people:
    'M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 19.5c0-3.4 2.9-5 6.5-5s6.5 1.6 6.5 5M16 5.3a3.5 3.5 0 0 1 0 6.4M18.2 14.8c2 .7 3.3 2.2 3.3 4.7',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.5c0-4 3.4-6 7.5-6s7.5 2 7.5 6',
  plus: 'M12 5.5v13M5.5 12h13',
  restore: 'M4 5v5h5M4.6 10A8 8 0 1 1 4 13.5',
  share: 'M12 15V4M8 7.5L12 3.5l4 4M6 11.5H5.5V20h13v-8.5H18',
  trash: 'M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10.5 11v5.5M13.5 11v5.5',
} as const;

export type IconName = keyof typeof outlines;
