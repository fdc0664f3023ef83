import { BACKSLASH, HYPHEN, isDigit, isLetter, SPACE } from "./characters.ts";
import { remainder97 } from "./checksums.ts";
import type { Finding } from "./finding.ts";

/** How long the account numbers of each country are: the registry of ISO 13616, https://www.swift.com/resource/iban-registry-pdf. */
const LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 " +
    "FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 " +
    "LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 " +
    "RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
  )
    .split(" ")
    .map((one) => [one.slice(0, 2), Number(one.slice(2))]),
);

/** From the country's letters to the first stretch of digits: `MT84 MALT 0110`. */
const MAX_BEFORE = 14;

/** An account number that begins in front of the stretch of digits from `start` to `end`, or with it. */
export function findIban(text: string, start: number, end: number, found: Finding[]): boolean {
  for (let at = start - 2; at >= Math.max(0, start - MAX_BEFORE); at--) {
    if (!isLetter(text.charCodeAt(at)) || !isLetter(text.charCodeAt(at + 1)) || !isDigit(text.charCodeAt(at + 2)))
      continue;
    const before = text.charCodeAt(at - 1);
    if ((isLetter(before) && text.charCodeAt(at - 2) !== BACKSLASH) || isDigit(before)) continue;
    const to = endOfIban(text, at);
    if (to === undefined || to < end - 4) continue;
    found.push({ start: at, end: to, rule: "iban" });
    return true;
  }
  return false;
}

/** Groups may stand apart by a space or hyphen. @returns undefined where the check digits are wrong. */
function endOfIban(text: string, start: number): number | undefined {
  const length = LENGTHS.get(text.slice(start, start + 2).toUpperCase());
  if (length === undefined) return undefined;
  let compact = "";
  let at = start;
  for (; compact.length < length; at++) {
    const code = text.charCodeAt(at);
    if (isLetter(code) || isDigit(code)) compact += text.charAt(at);
    else if ((code !== SPACE && code !== HYPHEN) || isSeparator(text.charCodeAt(at - 1))) return undefined;
  }
  const next = text.charCodeAt(at);
  if (isLetter(next) || isDigit(next)) return undefined;
  const upper = compact.toUpperCase();
  return remainder97(upper.slice(4) + upper.slice(0, 4)) === 1 ? at : undefined;
}

function isSeparator(code: number): boolean {
  return code === SPACE || code === HYPHEN;
}
