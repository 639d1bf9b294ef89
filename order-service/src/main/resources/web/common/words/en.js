// Every text that the storefront and the console have in common, in English. zh.js has the same keys; a test compares the two.
export default {
  lost: 'Connection lost, trying again…',
  skip: 'Skip to content',
  navigation: 'Main',
  language: 'Language',
  sales: 'Sales',
  logIn: 'Log in',
  logOut: 'Log out',
  loggedInAs: ({ name }) => `Logged in as ${name}`,
  days: ({ days, clock }) => `${days} d ${clock}`,
  loading: 'Loading…',
  cannotLoad: 'This cannot be loaded right now. Trying again…',
  listGoesOn: 'There are more than shown here.',
  cancel: 'Cancel',
};
