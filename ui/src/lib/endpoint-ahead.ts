// Methods that the endpoint's description does not have yet. Once it has, this file goes and `endpoint` takes its place.

import type * as landed from './endpoint';

export type Snapshot = landed.Snapshot & { language?: 'pl' | 'en' | null };

export interface Settings {
  language?: 'pl' | 'en' | null;
  remind_minutes: number;
  remind_command?: string | null;
  client_id?: string | null;
  tenant?: string | null;
  cloud?: string | null;
  proxy?: string | null;
  extra_ca?: string | null;
  key: 'keyring' | 'passphrase' | 'systemd' | 'file';
  config_file: string;
  state_folder: string;
  version: string;
  locked: string[];
}

export interface SettingsSet {
  language?: string;
  remind_minutes?: number;
  remind_command?: string;
  client_id?: string;
  tenant?: string;
  cloud?: string;
  proxy?: string;
  extra_ca?: string;
  key?: string;
  lang?: string;
}

export interface Finding {
  level: 'fine' | 'warning' | 'wrong';
  text: string;
}

export interface Methods extends landed.Methods {
  'settings.get': { params: { lang?: string }; result: Settings };
  'settings.set': { params: SettingsSet; result: landed.Done };
  'tenant.find': {
    params: { domain: string; cloud?: string; lang?: string };
    result: { tenant: string; cloud: string };
  };
  'registration.test': {
    params: { client_id: string; tenant?: string; cloud?: string; lang?: string };
    result: { findings: Finding[] };
  };
}
