// Loaded once before every test file: the suite runs as the product does, in British time with UTC clocks.
process.env.TZ = 'UTC';
