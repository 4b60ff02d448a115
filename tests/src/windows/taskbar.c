/* Waits until there is no taskbar; then, unless an argument says that this is enough, is one that comes late: says so to
   everybody, and writes down what it is told of icons, until one that was added has got a further picture and title. */

#include <stdio.h>
#include <windows.h>

#define NAME "Shell_TrayWnd"
/* Milliseconds. */
#define POLL 20
#define PATIENCE 30000

/* What Wine's Shell_NotifyIcon hands over begins with this; the message is beside it (dlls/shell32/systray.c). */
struct told {
    LONG window;
    UINT id;
    UINT flags;
};

static BOOL added, pictured;

static LRESULT CALLBACK hear(HWND window, UINT message, WPARAM w, LPARAM l) {
    if (message != WM_COPYDATA) return DefWindowProcA(window, message, w, l);
    const COPYDATASTRUCT *handed = (const COPYDATASTRUCT *)l;
    const struct told *told = handed->lpData;
    switch (handed->dwData) {
    case NIM_ADD:
        puts(told->flags & NIF_ICON ? "added with a picture" : "added without a picture");
        added = TRUE;
        break;
    case NIM_MODIFY:
        pictured = pictured || (added && told->flags & NIF_ICON);
        if (pictured && told->flags & NIF_TIP) {
            puts("drawn anew");
            PostQuitMessage(0);
        }
        break;
    }
    return TRUE;
}

int main(int count, char **) {
    for (int waited = 0; FindWindowA(NAME, NULL); waited += POLL) {
        if (waited > PATIENCE) {
            puts("there is a taskbar already");
            return 1;
        }
        Sleep(POLL);
    }
    if (count > 1) return 0;
    WNDCLASSA class = {.lpfnWndProc = hear, .lpszClassName = NAME};
    RegisterClassA(&class);
    HWND window = CreateWindowA(NAME, "", WS_POPUP, 0, 0, 1, 1, NULL, NULL, NULL, NULL);
    PostMessageA(HWND_BROADCAST, RegisterWindowMessageA("TaskbarCreated"), 0, 0);
    SetTimer(window, 1, PATIENCE, NULL);
    MSG message;
    while (GetMessageA(&message, NULL, 0, 0) > 0 && message.message != WM_TIMER) DispatchMessageA(&message);
    return 0;
}
