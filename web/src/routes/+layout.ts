// All of the app runs in the browser; the start page alone is also rendered when it is built.
export const ssr = false;
export const prerender = false;
