import { Channel, invoke } from '@tauri-apps/api/core';

import type { Backend, News } from '../backend';

/** The commands of the window's process (src-tauri). */
export function backend(): Backend {
  return {
    call: (method, params) => invoke('call', { method, params }),
    subscribe(heard) {
      const channel = new Channel<News>();
      channel.onmessage = heard;
      void invoke('subscribe', { channel });
    },
    open: (url) => invoke('open', { url }),
    autostart: () => invoke('autostart'),
    setAutostart: (on) => invoke('set_autostart', { on }),
    systemLanguage: () => invoke('system_language'),
    hold: (on) => invoke('hold', { on }),
    // Sent by src-tauri/src/window.rs.
    closing: (heard) => addEventListener('signet-closing', heard),
    close: () => invoke('close'),
  };
}
