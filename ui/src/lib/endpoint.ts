// Written by `npm run types` out of crates/ipc/src/discovery/openrpc.json.

/**
 * A mail protocol.
 */
export type MailProtocol = 'imap' | 'pop' | 'smtp';
/**
 * How a login proves who it is.
 */
export type Authentication = 'password' | 'oauth2';
/**
 * How a connection is protected.
 */
export type ProfileEncryption = 'automatic' | 'none' | 'tls' | 'starttls';
/**
 * What a profile is for.
 */
export type ProfileKind = 'mail_server' | 'documents' | 'attachments';
/**
 * Whose turn it is to do something about a fault.
 */
export type FaultKind = 'sign_in' | 'admin' | 'configuration' | 'transient' | 'user_choice';
/**
 * Where an account stands.
 */
export type AccountState = 'signed_out' | 'signing_in' | 'ready' | 'unreachable' | 'needs_sign_in';
/**
 * How the authorization code comes back from the browser.
 */
export type ResponseMode = 'form_post' | 'query';
/**
 * A sign-in under way.
 */
export type SignInStarted = {
  /**
   * The address to open, for managers alone: not for logs, as it carries `state` and `nonce`.
   */
  authorize_url?: string | null;
  /**
   * What a manager hands to the system's browser opener: it leads to `authorize_url` once, so that what
   * others can read of a command line is worth nothing afterwards.
   */
  open_url?: string | null;
  /**
   * Its id, for `sign_in.wait` and `sign_in.cancel`.
   */
  sign_in: string;
} & SignInStarted1;
export type SignInStarted1 =
  | {
      state: 'waiting';
    }
  | {
      /**
       * The account's name.
       */
      account: string;
      /**
       * The login that signed in.
       */
      login: string;
      state: 'signed_in';
    }
  | {
      state: 'cancelled';
    }
  | {
      state: 'declined';
    }
  | {
      /**
       * How often this has happened in this sign-in.
       */
      refusals: number;
      /**
       * Whose login it was.
       */
      signed_in_as: string;
      state: 'wrong_person';
    }
  | {
      code: number;
      data?: FaultData | null;
      message: string;
      state: 'failed';
    }
  | {
      state: 'expired';
    };
/**
 * Where a sign-in stands.
 */
export type SignInState =
  | {
      state: 'waiting';
    }
  | {
      /**
       * The account's name.
       */
      account: string;
      /**
       * The login that signed in.
       */
      login: string;
      state: 'signed_in';
    }
  | {
      state: 'cancelled';
    }
  | {
      state: 'declined';
    }
  | {
      /**
       * How often this has happened in this sign-in.
       */
      refusals: number;
      /**
       * Whose login it was.
       */
      signed_in_as: string;
      state: 'wrong_person';
    }
  | {
      code: number;
      data?: FaultData | null;
      message: string;
      state: 'failed';
    }
  | {
      state: 'expired';
    };
/**
 * What sends the mail.
 */
export type SendWith = 'mail_component' | 'sql_profile';
/**
 * Whose words a step's line is.
 */
export type LineFrom = 'server' | 'signet';
/**
 * How much a finding matters.
 */
export type Level = 'fine' | 'warning' | 'wrong';

/**
 * What can be asked of the agent, by the name of the method.
 */
export interface Methods {
  /**
   * Asks for an access token.
   */
  'token.get': {
    params: {
      /**
       * The account's name, or its login where that is unambiguous.
       */
      account: string;
      /**
       * A claims challenge of the resource (OpenID Connect Core, section 5.5), as JSON text.
       */
      claims?: string | null;
      /**
       * Asks the authority even when a token is at hand.
       */
      force?: boolean | null;
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
      /**
       * The SASL mechanism of the ready answer: `XOAUTH2` (without it, this one) or `OAUTHBEARER`.
       */
      mechanism?: string | null;
      /**
       * How long the token has to be good for, in seconds.
       */
      min_valid_seconds?: number | null;
      /**
       * What the token is for; without it, and without `resource` and `scopes`, mail.
       */
      protocol?: MailProtocol | null;
      /**
       * What the program wants it for, in words for its person.
       */
      reason?: string | null;
      /**
       * A resource declared in the config.
       */
      resource?: string | null;
      /**
       * Scopes, where the resource has several sets of them.
       */
      scopes?: string[] | null;
      /**
       * How long to wait where something has to be done first, in seconds.
       */
      wait_seconds?: number | null;
    };
    result: Token;
  };
  /**
   * Says that a server refused a token.
   */
  'token.reject': {
    params: {
      /**
       * The token that was refused.
       */
      access_token: string;
      /**
       * The account's name or login.
       */
      account: string;
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
    };
    result: Done;
  };
  /**
   * Asks for all that a component needs to send or to fetch mail.
   */
  'credential.get': {
    params: {
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
      /**
       * For how long the token must be good, in seconds.
       */
      min_valid_seconds?: number | null;
      /**
       * The profile's id.
       */
      profile: string;
      /**
       * How long to wait for it, in seconds.
       */
      wait_seconds?: number | null;
    };
    result: Credential;
  };
  /**
   * Asks for the accounts, a page at a time.
   */
  'account.list': {
    params: {
      /**
       * The `next` of the page before; without it, the first page.
       */
      after?: string | null;
      /**
       * How many accounts at most; never more than [`crate::limits::PAGE`].
       */
      limit?: number | null;
    };
    result: Accounts;
  };
  /**
   * Adds an account; what is left out comes from `[app]` of the config.
   */
  'account.add': {
    params: {
      /**
       * The application (client) id registered there.
       */
      client_id?: string | null;
      /**
       * The Microsoft cloud.
       */
      cloud?: string | null;
      /**
       * Another OpenID provider's issuer, in place of cloud and tenant.
       */
      issuer?: string | null;
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
      /**
       * Its login (UPN).
       */
      login?: string | null;
      /**
       * Its name, which is its login too where `login` is left out.
       */
      name: string;
      /**
       * Whether it is for a form that has not been saved: the `profile.set` that uses it makes it stay, and an agent that
       * starts erases it.
       */
      provisional?: boolean | null;
      /**
       * Resources by name, each with its scopes.
       */
      resources?: {
        [k: string]: string[];
      };
      /**
       * How the code comes back.
       */
      response_mode?: ResponseMode | null;
      /**
       * The tenant: its id, one of its domains, or `organizations`.
       */
      tenant?: string | null;
    };
    result: Done;
  };
  /**
   * Changes an account: what is given replaces what was, the rest stays.
   */
  'account.set': {
    params: {
      /**
       * The application (client) id registered there.
       */
      client_id?: string | null;
      /**
       * The Microsoft cloud.
       */
      cloud?: string | null;
      /**
       * Another OpenID provider's issuer, in place of cloud and tenant.
       */
      issuer?: string | null;
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
      /**
       * Its login (UPN).
       */
      login?: string | null;
      /**
       * Its name, which is its login too where `login` is left out.
       */
      name: string;
      /**
       * Whether it is for a form that has not been saved: the `profile.set` that uses it makes it stay, and an agent that
       * starts erases it.
       */
      provisional?: boolean | null;
      /**
       * Resources by name, each with its scopes.
       */
      resources?: {
        [k: string]: string[];
      };
      /**
       * How the code comes back.
       */
      response_mode?: ResponseMode | null;
      /**
       * The tenant: its id, one of its domains, or `organizations`.
       */
      tenant?: string | null;
    };
    result: Done;
  };
  /**
   * Removes an account and erases its sign-in.
   */
  'account.remove': {
    params: {
      /**
       * The account's name.
       */
      account: string;
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
    };
    result: Erased;
  };
  /**
   * Asks the authority again at once, whatever kept the account from its tokens.
   */
  'account.retry': {
    params: {
      /**
       * The account's name.
       */
      account: string;
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
    };
    result: Done;
  };
  /**
   * Starts a sign-in, or joins the one under way.
   */
  'sign_in.start': {
    params: {
      /**
       * The account's name or login.
       */
      account: string;
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
      /**
       * What for, in words for its person.
       */
      reason?: string | null;
    };
    result: SignInStarted;
  };
  /**
   * Waits until a sign-in ends, or somebody was refused as the wrong person once more.
   */
  'sign_in.wait': {
    params: {
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
      /**
       * The `refusals` already seen: these are not answered again.
       */
      seen?: number | null;
      /**
       * The sign-in's id.
       */
      sign_in: string;
      /**
       * How long, in seconds.
       */
      wait_seconds?: number | null;
    };
    result: SignInState;
  };
  /**
   * Calls a sign-in off.
   */
  'sign_in.cancel': {
    params: {
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
      /**
       * The sign-in's id.
       */
      sign_in: string;
    };
    result: Done;
  };
  /**
   * Erases an account's sign-in and keeps the account.
   */
  sign_out: {
    params: {
      /**
       * The account's name.
       */
      account: string;
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
    };
    result: Erased;
  };
  /**
   * Asks for the profiles.
   */
  'profile.list': {
    params: {};
    result: Profiles;
  };
  /**
   * Asks for one profile.
   */
  'profile.get': {
    params: {
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
      /**
       * Its id.
       */
      profile: string;
    };
    result: NamedProfile;
  };
  /**
   * Writes a profile whole, a new one or in the place of the old.
   */
  'profile.set': {
    params: {
      /**
       * The account whose tokens are used; without it the one of that login.
       */
      account?: string | null;
      /**
       * How a login proves who it is.
       */
      authentication?: 'password' | 'oauth2';
      /**
       * What somebody wants to say of it.
       */
      description?: string | null;
      /**
       * The sender's name as readers see it.
       */
      display_name?: string | null;
      /**
       * The sender's address; for the mail server alone.
       */
      email?: string | null;
      /**
       * Whether components get it.
       */
      enabled?: boolean;
      /**
       * How a connection is protected.
       */
      encryption?: 'automatic' | 'none' | 'tls' | 'starttls';
      /**
       * The folder that is read; without it the inbox.
       */
      folder?: string | null;
      /**
       * Its id: `mail_server`, or a point's.
       */
      id: string;
      /**
       * What a profile is for.
       */
      kind?: 'mail_server' | 'documents' | 'attachments';
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
      /**
       * The login.
       */
      login?: string | null;
      /**
       * The mailbox, where it is not the login's own.
       */
      mailbox?: string | null;
      /**
       * The account's name, or the point's.
       */
      name?: string | null;
      /**
       * The password, sealed and never in the configuration; left out, the one that is kept stays.
       */
      password?: string | null;
      /**
       * Its port.
       */
      port?: number | null;
      /**
       * What the server speaks: `smtp` for the mail server, `imap` or `pop` for a point.
       */
      protocol?: string | null;
      /**
       * Where answers are to go (`Reply-To`, RFC 5322 § 3.6.2).
       */
      reply_to?: string | null;
      /**
       * What sends the mail; for the mail server alone.
       */
      send_with?: SendWith | null;
      /**
       * The server's name.
       */
      server?: string | null;
      /**
       * The profile on the SQL server, where that sends.
       */
      sql_profile?: string | null;
    };
    result: SavedProfile;
  };
  /**
   * Writes many profiles at once, new ones or in the place of the old: all of them, or none.
   */
  'profile.import': {
    params: {
      /**
       * Only say what there is to say of them, and save nothing.
       */
      dry_run?: boolean | null;
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
      /**
       * Mailbox points, each with its id, and complete whether or not it is enabled.
       */
      profiles: NamedProfile[];
    };
    result: ImportedProfiles;
  };
  /**
   * Removes a profile and its password; the account stays.
   */
  'profile.remove': {
    params: {
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
      /**
       * Its id.
       */
      profile: string;
    };
    result: Done;
  };
  /**
   * Begins to try a profile's connection, whether or not the profile is enabled.
   */
  'profile.check': {
    params: {
      /**
       * The language of the steps: `pl`, `en`.
       */
      lang?: string | null;
      /**
       * The password to try in place of the one that is kept.
       */
      password?: string | null;
      /**
       * The profile's id.
       */
      profile: string;
      /**
       * For the mail server: send a real message to this address. Without it sender and recipient are only asked for.
       */
      send_to?: string | null;
      /**
       * Settings to try in place of those that are saved; nothing is kept of them.
       */
      settings?: Profile | null;
    };
    result: StartedCheck;
  };
  /**
   * Waits for steps that have not been seen yet.
   */
  'check.wait': {
    params: {
      /**
       * The check's id.
       */
      check: string;
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
      /**
       * How many steps have been seen: only later ones are answered.
       */
      seen?: number | null;
      /**
       * How long to wait, in seconds.
       */
      wait_seconds?: number | null;
    };
    result: CheckProgress;
  };
  /**
   * Gives a check up.
   */
  'check.cancel': {
    params: {
      /**
       * The check's id.
       */
      check: string;
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
    };
    result: Done;
  };
  /**
   * Asks how the agent is.
   */
  'agent.status': {
    params: {};
    result: Status;
  };
  /**
   * Has the store's lock tried anew, by the passphrase that its key comes of or by asking the keyring once more.
   */
  'agent.unlock': {
    params: {
      /**
       * Another one that is to take its place.
       */
      change_to?: string | null;
      /**
       * Whether it is chosen now; without this it must be the one that was chosen before.
       */
      choose?: boolean | null;
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
      /**
       * The passphrase, where the key comes of one.
       */
      passphrase?: string | null;
    };
    result: Done;
  };
  /**
   * Puts saved sign-ins that cannot be opened aside, and begins anew without any.
   */
  'agent.start_afresh': {
    params: {
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
    };
    result: StartedAfresh;
  };
  /**
   * Asks for the settings that are not an account's.
   */
  'settings.get': {
    params: {};
    result: Settings;
  };
  /**
   * Changes settings: all that are given, or none. An empty text takes a setting away.
   */
  'settings.set': {
    params: {
      /**
       * The application (client) id.
       */
      client_id?: string | null;
      /**
       * The Microsoft cloud.
       */
      cloud?: string | null;
      /**
       * The PEM file with further root certificates.
       */
      extra_ca?: string | null;
      /**
       * `keyring`, `passphrase`, `systemd` or `file`.
       */
      key?: string | null;
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
      /**
       * `pl` or `en`.
       */
      language?: string | null;
      /**
       * The proxy's address.
       */
      proxy?: string | null;
      /**
       * Minutes; 0 for never.
       */
      remind_minutes?: number | null;
      /**
       * The tenant: its id, one of its domains, or `organizations`.
       */
      tenant?: string | null;
    };
    result: Done;
  };
  /**
   * Asks a cloud which tenant a domain belongs to.
   */
  'tenant.find': {
    params: {
      /**
       * The Microsoft cloud.
       */
      cloud?: string | null;
      /**
       * The organisation's domain, or an address in it.
       */
      domain: string;
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
    };
    result: FoundTenant;
  };
  /**
   * Asks the authority what it says of an application before anybody signs in.
   */
  'registration.test': {
    params: {
      /**
       * The application (client) id.
       */
      client_id: string;
      /**
       * The Microsoft cloud.
       */
      cloud?: string | null;
      /**
       * The language of messages: `pl`, `en`.
       */
      lang?: string | null;
      /**
       * The tenant.
       */
      tenant?: string | null;
    };
    result: TestedRegistration;
  };
  /**
   * Ends the agent.
   */
  'agent.stop': {
    params: {};
    result: Done;
  };
  /**
   * Asks for the snapshot, and for every later one as an `agent.changed` notification.
   */
  'agent.subscribe': {
    params: {};
    result: Snapshot;
  };
  /**
   * Asks for the endpoint's description: an OpenRPC document.
   */
  'rpc.discover': {
    params: {};
    result: unknown;
  };
}
/**
 * An access token and how to use it.
 */
export interface Token {
  /**
   * The token itself.
   */
  access_token: string;
  /**
   * The account's name.
   */
  account: string;
  /**
   * When it ends: RFC 3339, UTC.
   */
  expires_at: string;
  /**
   * Seconds until it ends.
   */
  expires_in: number;
  /**
   * The account's login (UPN).
   */
  login: string;
  /**
   * Ready for a mail server; absent where the token is not for mail.
   */
  sasl?: Sasl | null;
  /**
   * What it gives access to.
   */
  scopes: string[];
  /**
   * `Bearer` (RFC 6750).
   */
  token_type: string;
}
/**
 * A SASL exchange of one message.
 */
export interface Sasl {
  /**
   * The initial response in base64; it contains the token.
   */
  initial_response: string;
  /**
   * `XOAUTH2` or `OAUTHBEARER` (RFC 7628).
   */
  mechanism: string;
}
/**
 * It was done: `{}`.
 */
export interface Done {}
/**
 * Where to connect, how, as whom, and with what.
 */
export interface Credential {
  /**
   * The access token.
   */
  access_token?: string | null;
  /**
   * How the login proves who it is.
   */
  authentication: Authentication;
  /**
   * How to connect: `tls`, `starttls` or `none`, never `automatic`.
   */
  encryption: ProfileEncryption;
  /**
   * For how many seconds the token is good.
   */
  expires_in?: number | null;
  /**
   * The folder to read.
   */
  folder?: string | null;
  /**
   * The server, in ASCII.
   */
  host: string;
  /**
   * What it is for.
   */
  kind: ProfileKind;
  /**
   * The login.
   */
  login: string;
  /**
   * The mailbox to open, or to send as.
   */
  mailbox: string;
  /**
   * The password.
   */
  password?: string | null;
  /**
   * Its port.
   */
  port: number;
  /**
   * The profile's id.
   */
  profile: string;
  /**
   * `imap`, `pop` or `smtp`.
   */
  protocol: string;
  /**
   * Its SASL string for this login and mailbox, ready to be sent.
   */
  sasl?: Sasl | null;
  /**
   * The sender, for outgoing mail.
   */
  sender?: Sender | null;
}
/**
 * Who sends.
 */
export interface Sender {
  /**
   * The name that readers see.
   */
  display_name?: string | null;
  /**
   * The address.
   */
  email: string;
  /**
   * Where answers go.
   */
  reply_to?: string | null;
}
/**
 * A page of the accounts.
 */
export interface Accounts {
  /**
   * In the order they are shown in: by name.
   */
  accounts: AccountRow[];
  /**
   * What to ask the next page with, where there are more.
   */
  next?: string | null;
}
/**
 * One account of the list.
 */
export interface AccountRow {
  /**
   * Microsoft's error number.
   */
  aadsts?: number | null;
  /**
   * What an administrator finds in the authority's sign-in log.
   */
  correlation_id?: string | null;
  /**
   * When its access token ends, for mail where it has one for that: RFC 3339, UTC.
   */
  expires_at?: string | null;
  /**
   * Whose turn it is.
   */
  kind?: FaultKind | null;
  /**
   * Its login (UPN).
   */
  login: string;
  /**
   * Its name.
   */
  name: string;
  /**
   * Why, by the cause's stable name.
   */
  reason?: string | null;
  /**
   * Where it stands.
   */
  state: AccountState;
}
/**
 * What was erased here, and where to revoke it.
 */
export interface Erased {
  /**
   * The profiles that worked by an account that is removed: they are without one until it is added again.
   */
  profiles?: string[];
  /**
   * The page on which the person can revoke the sign-in itself.
   */
  revoke_at?: string | null;
}
/**
 * The `data` of a refusal, beside its `code`.
 */
export interface FaultData {
  /**
   * The number of Entra's AADSTS error.
   */
  aadsts?: number | null;
  /**
   * What to do: a command line or an address.
   */
  action?: string | null;
  code?: string | null;
  /**
   * Entra's id of the failed exchange, for its administrators and support.
   */
  correlation_id?: string | null;
  /**
   * The parameter that does not fit.
   */
  field?: string | null;
  /**
   * Whose turn it is.
   */
  kind?: FaultKind | null;
  /**
   * The names of the accounts there are, where an unknown one was asked for.
   */
  known?: string[];
  /**
   * The cause's stable name, such as `password_changed`.
   */
  reason?: string | null;
  /**
   * Seconds after which asking again makes sense.
   */
  retry_after?: number | null;
}
/**
 * The profiles: the mail server first, then the points by their ids.
 */
export interface Profiles {
  /**
   * Each with its id.
   */
  profiles: NamedProfile[];
}
/**
 * A profile and its id.
 */
export interface NamedProfile {
  /**
   * The account whose tokens are used; without it the one of that login.
   */
  account?: string | null;
  /**
   * How the login proves who it is.
   */
  authentication: Authentication & string;
  /**
   * What somebody wants to say of it.
   */
  description?: string | null;
  /**
   * The sender's name as readers see it.
   */
  display_name?: string | null;
  /**
   * The sender's address; for the mail server alone.
   */
  email?: string | null;
  /**
   * Whether components get it.
   */
  enabled: boolean;
  /**
   * How the connection is protected.
   */
  encryption: ProfileEncryption & string;
  /**
   * The folder that is read; without it the inbox.
   */
  folder?: string | null;
  /**
   * Whether a password is kept for it.
   */
  has_password: boolean;
  /**
   * `mail_server`, or the point's own.
   */
  id: string;
  /**
   * What it is for.
   */
  kind: ProfileKind & string;
  /**
   * The login.
   */
  login?: string | null;
  /**
   * The mailbox, where it is not the login's own.
   */
  mailbox?: string | null;
  /**
   * The account's name, or the point's.
   */
  name?: string | null;
  /**
   * Its port.
   */
  port?: number | null;
  /**
   * What the server speaks: `smtp` for the mail server, `imap` or `pop` for a point.
   */
  protocol?: string | null;
  /**
   * Where answers are to go (`Reply-To`, RFC 5322 § 3.6.2).
   */
  reply_to?: string | null;
  /**
   * What sends the mail; for the mail server alone.
   */
  send_with?: SendWith | null;
  /**
   * The server's name.
   */
  server?: string | null;
  /**
   * The profile on the SQL server, where that sends.
   */
  sql_profile?: string | null;
}
/**
 * It was saved, with what somebody should know.
 */
export interface SavedProfile {
  /**
   * Sentences in the caller's language: a port that is usual for another protocol, a sender who is not the login, an account that
   * is not there yet.
   */
  warnings?: string[];
}
/**
 * What became of them.
 */
export interface ImportedProfiles {
  /**
   * Whether they were saved: not if one of them is wrong.
   */
  saved: boolean;
  /**
   * What there is to say of them, in their order; the first 2,000 of it.
   */
  verdicts?: ProfileVerdict[];
  /**
   * The ids of those that need a password and have none yet; empty where one is wrong.
   */
  without_password?: string[];
}
/**
 * What is wrong with one of many profiles, or should be known of it.
 */
export interface ProfileVerdict {
  /**
   * The setting, where it is about one.
   */
  field?: string | null;
  /**
   * Its place among those given, from 0.
   */
  index: number;
  /**
   * A sentence in the caller's language.
   */
  text: string;
  /**
   * Whether it stands in the way.
   */
  wrong: boolean;
}
/**
 * One component's mail settings: the mail server, or a mailbox point. What is left out is at its initial value.
 */
export interface Profile {
  /**
   * The account whose tokens are used; without it the one of that login.
   */
  account?: string | null;
  /**
   * How the login proves who it is.
   */
  authentication?: Authentication & string;
  /**
   * What somebody wants to say of it.
   */
  description?: string | null;
  /**
   * The sender's name as readers see it.
   */
  display_name?: string | null;
  /**
   * The sender's address; for the mail server alone.
   */
  email?: string | null;
  /**
   * Whether components get it.
   */
  enabled?: boolean;
  /**
   * How the connection is protected.
   */
  encryption?: ProfileEncryption & string;
  /**
   * The folder that is read; without it the inbox.
   */
  folder?: string | null;
  /**
   * What it is for.
   */
  kind?: ProfileKind & string;
  /**
   * The login.
   */
  login?: string | null;
  /**
   * The mailbox, where it is not the login's own.
   */
  mailbox?: string | null;
  /**
   * The account's name, or the point's.
   */
  name?: string | null;
  /**
   * Its port.
   */
  port?: number | null;
  /**
   * What the server speaks: `smtp` for the mail server, `imap` or `pop` for a point.
   */
  protocol?: string | null;
  /**
   * Where answers are to go (`Reply-To`, RFC 5322 § 3.6.2).
   */
  reply_to?: string | null;
  /**
   * What sends the mail; for the mail server alone.
   */
  send_with?: SendWith | null;
  /**
   * The server's name.
   */
  server?: string | null;
  /**
   * The profile on the SQL server, where that sends.
   */
  sql_profile?: string | null;
}
/**
 * It is under way.
 */
export interface StartedCheck {
  /**
   * Its id, for `check.wait` and `check.cancel`.
   */
  check: string;
}
/**
 * How far a check is.
 */
export interface CheckProgress {
  /**
   * Whether that is because somebody gave it up.
   */
  cancelled?: boolean;
  /**
   * Whether there will be no more.
   */
  done: boolean;
  /**
   * The steps after those that were seen.
   */
  steps: CheckStep[];
}
/**
 * A step that is done.
 */
export interface CheckStep {
  /**
   * What to do about it.
   */
  action?: string | null;
  /**
   * Whose turn it is.
   */
  kind?: FaultKind | null;
  /**
   * The server's own words, or what was found out without them: an address, the protocol of the encryption, why there is none.
   */
  line?: string | null;
  /**
   * Whose words `line` is.
   */
  line_from?: LineFrom | null;
  /**
   * How long it took.
   */
  milliseconds: number;
  /**
   * Whether it went well.
   */
  ok: boolean;
  /**
   * `secret`, `name`, `tcp`, `tls`, `greeting`, `capabilities`, `authentication`, `mailbox`, `sender`, `recipient`, `message`;
   * `internal` where the check itself has failed.
   */
  step: string;
  /**
   * The step in words, and what stands in its way.
   */
  text: string;
}
/**
 * How the agent is.
 */
export interface Status {
  /**
   * How many accounts there are.
   */
  accounts: number;
  /**
   * How many of them need somebody.
   */
  needing_attention: number;
  /**
   * What concerns no single account.
   */
  notices?: Message[];
  /**
   * Its process id.
   */
  pid?: number | null;
  /**
   * The version of this protocol: [`PROTOCOL`].
   */
  protocol: number;
  /**
   * Seconds since it started.
   */
  uptime_seconds: number;
  /**
   * Its version.
   */
  version: string;
}
/**
 * A message by its id in the texts, with what is to be filled in.
 */
export interface Message {
  /**
   * Values for the message's placeables, by name.
   */
  args?: {
    [k: string]: string;
  };
  /**
   * A further message, whose sentence is filled in as `detail`.
   */
  detail?: Message | null;
  /**
   * The id in the locale files.
   */
  id: string;
}
/**
 * They were put aside.
 */
export interface StartedAfresh {
  /**
   * The file that keeps them.
   */
  kept: string;
}
/**
 * The settings in force, the policy's included; none of them is a secret.
 */
export interface Settings {
  /**
   * The application (client) id for accounts that name no other.
   */
  client_id?: string | null;
  /**
   * The Microsoft cloud for accounts that name no other.
   */
  cloud?: string | null;
  /**
   * Where the configuration lies.
   */
  config_file: string;
  /**
   * The PEM file with further root certificates.
   */
  extra_ca?: string | null;
  /**
   * Where the key of the saved sign-ins is kept: `keyring`, `passphrase`, `systemd`, `file`.
   */
  key: string;
  /**
   * The language chosen, `pl` or `en`; without it the system's.
   */
  language?: string | null;
  /**
   * The settings that the policy of this computer has locked, by their names here.
   */
  locked?: string[];
  /**
   * The proxy's address, its password replaced by asterisks.
   */
  proxy?: string | null;
  /**
   * After how many minutes the person is reminded again; 0 for never.
   */
  remind_minutes: number;
  /**
   * Where the saved sign-ins lie.
   */
  state_folder: string;
  /**
   * The tenant for accounts that name no other.
   */
  tenant?: string | null;
  /**
   * The agent's version.
   */
  version: string;
}
/**
 * The tenant.
 */
export interface FoundTenant {
  /**
   * Its id.
   */
  tenant: string;
}
/**
 * What was found, in the order in which it was looked at.
 */
export interface TestedRegistration {
  /**
   * Each finding.
   */
  findings: Finding[];
}
/**
 * One of them.
 */
export interface Finding {
  /**
   * How much it matters.
   */
  level: Level;
  /**
   * What was found, and what to do about it, in the caller's language.
   */
  text: string;
}
/**
 * Everything that may be seen of the agent: ids of messages with their arguments, never sentences, so
 * that each reader is told in their own language; never a secret, never a sign-in address.
 */
export interface Snapshot {
  /**
   * The accounts, in the order they are shown in.
   */
  accounts: AccountView[];
  /**
   * The language that the person has chosen, `pl` or `en`; without it the system's.
   */
  language?: string | null;
  /**
   * What concerns no single account: a broken config file, a locked keyring.
   */
  notices?: Message[];
  /**
   * What the person is to be told of, the last time there was something.
   */
  reminder?: Reminder | null;
  /**
   * Grows with every change; of two snapshots the higher is the newer.
   */
  revision: number;
  /**
   * Sign-ins that a program has started, and whose page nobody has opened yet.
   */
  wishes?: Wish[];
}
/**
 * One account as it may be seen.
 */
export interface AccountView {
  /**
   * Microsoft's error number.
   */
  aadsts?: number | null;
  /**
   * Where an administrator approves its application for everybody, while that is missing; not every provider has such
   * a page.
   */
  consent_url?: string | null;
  /**
   * What an administrator finds in the authority's sign-in log.
   */
  correlation_id?: string | null;
  /**
   * When its access token for the first of `resources` ends: RFC 3339, UTC.
   */
  expires_at?: string | null;
  /**
   * The last sign-in, where it failed: until another begins, tokens come or somebody signs out.
   */
  failed_sign_in?: FailedSignIn | null;
  /**
   * Whose turn it is.
   */
  kind?: FaultKind | null;
  /**
   * Its login (UPN).
   */
  login: string;
  /**
   * Its name: the key in the config.
   */
  name: string;
  /**
   * Whether it stays only once a profile that uses it is saved.
   */
  provisional?: boolean;
  /**
   * Why it stands there.
   */
  reason?: Message | null;
  /**
   * The names of what its tokens are for, as the config has them: `mail` before all others.
   */
  resources?: string[];
  /**
   * The sign-in under way, for a manager to wait for or cancel.
   */
  sign_in?: string | null;
  /**
   * Where it stands.
   */
  state: AccountState;
}
/**
 * A sign-in that failed.
 */
export interface FailedSignIn {
  /**
   * Microsoft's error number.
   */
  aadsts?: number | null;
  /**
   * When it failed: RFC 3339, UTC.
   */
  at: string;
  /**
   * What an administrator finds in the authority's sign-in log.
   */
  correlation_id?: string | null;
  /**
   * Whose turn it is.
   */
  kind?: FaultKind | null;
  /**
   * Why it failed.
   */
  reason: Message;
  /**
   * Its id: who was told of this one knows it again.
   */
  sign_in: string;
}
/**
 * Accounts that have come to need somebody: one reminder for all that did so together.
 */
export interface Reminder {
  /**
   * The accounts' names.
   */
  accounts: string[];
  /**
   * Grows with every reminder, also with one that is repeated: one that was shown already is known by it.
   */
  number: number;
}
/**
 * A program's wish that somebody sign in.
 */
export interface Wish {
  /**
   * The account's name.
   */
  account: string;
  /**
   * The program, by its file.
   */
  program: string;
  /**
   * What for, in the program's words: nothing that was checked.
   */
  reason?: string | null;
  /**
   * The sign-in's id; a manager's `sign_in.start` joins it.
   */
  sign_in: string;
}
