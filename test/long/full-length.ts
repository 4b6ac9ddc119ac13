/** `npm run test:year` loads this before each file of `test/long`: they run at their full length. */
process.env['PLR_TEST_LENGTH'] = 'full';
