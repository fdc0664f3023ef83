import {
  APOSTROPHE,
  BACKTICK,
  COLON,
  DOT,
  EQUALS,
  GREATER,
  HYPHEN,
  isWord,
  QUOTE,
  SLASH,
  SPACE,
} from "./characters.ts";
import { isReplacement } from "./replacement.ts";

/** What is secret by its name: `api_key=...`, `"clientSecret": "..."`, a header, an attribute. */

/** `password`: the value has no shape, and may be short. `token`: the value looks like a token or it is none. */
export type SecretKind = "password" | "token" | "header";

/** Names of values that are texts of people: all of the value is hidden, whatever it looks like. */
const PASSWORD =
  /(?:passw(?:or)?d|passwort|passphrase|(?:^|[^A-Za-z])pwd|(?:db|user|smtp|mail|auth|admin|root)_?pass)$/i;

/** Names of headers whose value is a secret as a whole. */
const HEADER = /(?:^|[^A-Za-z])(?:(?:proxy-)?authorization|(?:set-)?cookie)$/i;

const KEY =
  /(?:api|access|auth|account|secret|subscription|application|app|signing|encryption|master|license|shared|role|private|project|admin)[_-]?key(?:[_-]?id)?$/i;
const OTHER = /(?:secret(?:[_-]?value)?|credentials?|(?:^|[^A-Za-z])(?:jwt|sig)|x-amz-signature)$/i;
const TOKEN = /token$/i;
/** Tokens of texts and of lists. */
const HARMLESS_TOKEN =
  /(?:page|next|continuation|sync|eos|bos|pad|unk|sep|stop|start|end|delta|cancellation)[_-]?token$/i;

/** What kind of secret a value of that name is; undefined for most. The name may be a path: `headers.x-api-key`. */
export function secretKind(name: string): SecretKind | undefined {
  if (!mayBeSecret(name)) return undefined;
  if (PASSWORD.test(name)) return "password";
  if (HEADER.test(name)) return "header";
  const isToken = KEY.test(name) || OTHER.test(name) || (TOKEN.test(name) && !HARMLESS_TOKEN.test(name));
  return isToken ? "token" : undefined;
}

/** By the last two letters, which no other name in frequent use ends in. */
function mayBeSecret(name: string): boolean {
  const last = lowerAt(name, 1);
  const before = lowerAt(name, 2);
  switch (last) {
    case 121: // key
      return before === 101;
    case 110: // token, authorization
      return before === 101 || (before === 111 && lowerAt(name, 4) === 116);
    case 116: // secret, passwort, jwt
      return before === 101 || before === 114 || before === 119;
    case 100: // password, passwd, pwd, key_id
      return before === 114 || before === 119 || (before === 105 && endsInKey(name));
    case 101: // passphrase, cookie, signature, secret_value
      return before === 115 || before === 105 || before === 117 || (before === 114 && lowerAt(name, 6) === 110);
    case 108: // credential
      return before === 97;
    case 115: // credentials, db_pass
      return before === 108 || (before === 115 && lowerAt(name, 3) === 97);
    case 103: // sig
      return before === 105;
    default:
      return false;
  }
}

const NOT_IN_TOKENS = /[\s"'`(){}[\]<>$]/;

/** Whether a whole text is what its name promises: `token_limit` of a `secret` says nothing. */
export function isSecretValue(value: string, kind: SecretKind): boolean {
  if (/^(?:[*•x]*|true|false|null|none|undefined)$/i.test(value) || isReplacement(value)) return false;
  if (isNameOfSecret(value)) return false;
  if (kind !== "token") return kind === "header" || value.length >= 4;
  return value.length >= 16 && !NOT_IN_TOKENS.test(value) && looksRandom(value);
}

/** A digit and a letter are in it, and it is no path and no template. */
export function looksRandom(value: string): boolean {
  const first = value.charCodeAt(0);
  return first !== SLASH && first !== DOT && /\d/.test(value) && /[A-Za-z]/.test(value);
}

/**
 * Whether a value without quotes is a piece of a program: `options.apiKey`, `createToken2(`. Keys have more digits, and no
 * keys of words between dots.
 */
export function looksLikeCode(value: string, next: string): boolean {
  if (!/^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*\??\.?$/.test(value)) return false;
  if (next === "(") return true;
  const digits = value.replace(/\D/g, "").length;
  return digits <= 4 && /[a-z]{6}/.test(value) && (value.includes(".") || next === ";");
}

/** Values that only name what stands in their place: `"reset_password"`, `user:password@host`. */
export function isNameOfSecret(value: string): boolean {
  return /^[a-z_.-]*passw(?:or)?d[a-z_.-]*$|^(?:\[?redacted\]?|pass|pwd?|secret|token|user(?:name)?|x{3,})$/i.test(
    value,
  );
}

/** From a value back to its name: quotes, which may be escaped, a sign, quotes again. */
const SIGN = /(["'`\\]{0,6}\s{0,2}(?:[:=]|=>|:=|\bis|%3[AD]|",\s?"value"\s?:|"\s?,)\s{0,2}["'`\\]{0,6})$/i;
const LOOK_BACK = 64;

/** The name that a value at `start` has in the text, if it has one. */
export function nameBefore(text: string, start: number): string | undefined {
  switch (text.charCodeAt(start - 1)) {
    case SPACE:
    case QUOTE:
    case APOSTROPHE:
    case COLON:
    case EQUALS:
    case GREATER:
    case 68: // %3D
    case BACKTICK:
    case 100:
      break;
    default:
      return undefined;
  }
  const before = text.slice(Math.max(0, start - LOOK_BACK), start);
  const sign = SIGN.exec(before)?.[1];
  if (sign === undefined) return undefined;
  const end = before.length - sign.length;
  let from = end;
  while (from > 0 && isName(before.charCodeAt(from - 1))) from--;
  return from === end ? undefined : before.slice(from, end);
}

function isName(code: number): boolean {
  return isWord(code) || code === DOT;
}

/** `key_id`, `KeyId`: most names that end in `id` do so behind a dot. */
function endsInKey(name: string): boolean {
  const sign = lowerAt(name, 3);
  return sign === 121 || sign === 127 || sign === HYPHEN; // y, _ and -
}

/** A letter in lower case, counted from the end. */
function lowerAt(name: string, fromEnd: number): number {
  return name.charCodeAt(name.length - fromEnd) | 32;
}
