/**
 * Telephone numbers as people write them: `+49 30 901820`, `(555) 123-4567`, `555-123-4567`, `06 12 34 56 78`. Digits
 * without any separator or `+` are taken for one only after a word that says so: order numbers look the same.
 */
export function isPhoneNumber(number: string, before: string): boolean {
  const digits = number.replace(/\D/g, "");
  if (digits.length < 7 || digits.length > 15) return false;
  if (/\d\.\d{1,2}$/.test(number) && !/\.\d+\./.test(number)) return false; // a decimal number
  if (/^\d{1,2}([-/. ])\d{1,2}\1(?:19|20)\d{2}$/.test(number)) return false; // 21-11-2026
  const isNamed = NAMED.test(before);
  if (number.startsWith("+")) return isInternational(number, digits);
  if (NORTH_AMERICAN.test(number) || FRENCH.test(number) || DUTCH.test(number) || BRAZILIAN.test(number)) return true;
  if (/^\d{3}-\d{2}-\d{4}$/.test(number)) return false; // the form of a social security number
  if (NATIONAL.test(number)) return isNamed || TWO_SEPARATORS.test(number);
  return isNamed && SPACED.test(number);
}

/** E.164: a country code, at most 15 digits; where the code is 1, ten digits of which the first is none of 0 and 1. */
function isInternational(number: string, digits: string): boolean {
  if (!INTERNATIONAL.test(number) || digits.length < 8) return false;
  // +1 000 000 are many, and nobody's number.
  return digits.startsWith("1") ? digits.length === 11 && /^1[2-9]/.test(digits) : !/^\+\d{1,3}[ .]000\b/.test(number);
}

const NAMED =
  /(?:(?<![a-z])(?:mobile|mobil|cell|tel|call|fax|sms|dial|handy|celular|móvil|tél)|phone|téléphone|tel[eé]fono?|whatsapp|手机|电话|電話|携帯)(?:\s?(?:number|no|nr))?[."'\\:=\s(]{0,5}(?:me at |us at |on |at |is )?$/i;
const INTERNATIONAL = /^\+[1-9]\d{0,2}(?:[ .\-()/]{0,3}\d{1,5}){2,7}$/;
const NORTH_AMERICAN = /^(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}([ .-]))[2-9]\d{2}[ .-]\d{4}$/;
const FRENCH = /^0[1-9](?:[ .-]\d\d){4}$/;
const DUTCH = /^06[ -]\d{8}$/;
const BRAZILIAN = /^\(\d{2}\) ?9?\d{4}-\d{4}$/;
/** A trunk 0 and groups. */
const NATIONAL = /^\(?0\d{1,4}\)?(?:[ \-/]{1,2}\d{2,8}){1,4}$/;
const TWO_SEPARATORS = /[ \-/]\d+[ \-/]/;
const SPACED = /^\(?\d(?:[ .\-()/]{0,2}\d){6,14}$/;
