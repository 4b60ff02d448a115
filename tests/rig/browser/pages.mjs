// The pages a person meets at the provider, told apart by Entra's element ids. `answer` fills the page in and gives
// the selector of what is clicked then.

const typed = (name, shown, field, button) => ({
  name,
  shown,
  async answer(page, person) {
    await page.fill(shown, person[field]);
    return button;
  },
});

export const LOGIN_PAGES = [
  typed('email', '#i0116', 'user', '#idSIButton9'),
  typed('password', '#i0118', 'password', '#idSIButton9'),
  typed('code', '#idTxtBx_SAOTCC_OTC', 'code', '#idSubmit_SAOTCC_Continue'),
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
