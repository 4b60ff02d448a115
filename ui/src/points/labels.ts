/** The words for a point's fields. */
export const LABELS = {
  id: 'points-id',
  name: 'points-name',
  description: 'form-description',
  kind: 'points-mode',
  login: 'form-login',
  mailbox: 'points-mailbox',
  protocol: 'points-protocol',
  server: 'points-server',
  port: 'form-port',
  encryption: 'form-encryption',
  folder: 'points-folder',
} as const;

export const MODES = {
  documents: 'points-mode-documents',
  attachments: 'points-mode-attachments',
} as const;

export type Mode = keyof typeof MODES;
