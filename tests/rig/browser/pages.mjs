// The pages a person meets at the provider, told apart by Entra's element ids. `answer` fills the page in and gives
// the selector of what is clicked then.

export const LOGIN_PAGES = [
  {
    name: 'email',
    shown: '#i0116',
    async answer(page, { user }) {
      await page.fill('#i0116', user);
      return '#idSIButton9';
    },
  },
  {
    name: 'password',
    shown: '#i0118',
    async answer(page, { password }) {
      await page.fill('#i0118', password);
      return '#idSIButton9';
    },
  },
  {
    name: 'code',
    shown: '#idTxtBx_SAOTCC_OTC',
    async answer(page, { code }) {
      await page.fill('#idTxtBx_SAOTCC_OTC', code);
      return '#idSubmit_SAOTCC_Continue';
    },
  },
  {
    name: 'pick',
    shown: '#otherTile',
    async answer(page, { user, pick = user }) {
      const tile = `[data-test-id="${pick}"]`;
      return (await page.locator(tile).count()) ? tile : '#otherTile';
    },
  },
  {
    name: 'consent',
    shown: '#idBtn_Accept',
    answer: async (page, { consent }) => (consent === 'cancel' ? '#idBtn_Back' : '#idBtn_Accept'),
  },
  {
    name: 'keep',
    shown: '[name=keep]',
    answer: async (page, { keep }) => (keep ? '#idSIButton9' : '#idBtn_Back'),
  },
];

/** What the provider complains about, if it does. */
export async function refusalOn(page) {
  const texts = await page.locator('[role=alert], #exceptionMessageContainer').allInnerTexts();
  return texts.join(' ');
}
