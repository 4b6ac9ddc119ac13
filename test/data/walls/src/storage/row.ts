export const row = 'a row';
