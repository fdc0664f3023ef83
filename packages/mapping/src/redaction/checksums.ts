/** Check digits of card, bank and national numbers. All take text of digits (or letters where said) without separators. */

/** ISO/IEC 7812-1 annex B: payment cards, Swedish personnummer, Canadian SIN. */
export function hasLuhnCheck(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    if (i % 2 === 1) {
      digit *= 2;
      if (digit > 9) digit -= 9;
    }
    sum += digit;
  }
  return sum % 10 === 0;
}

/** ISO 7064 MOD 97-10 over letters (A = 10) and digits: an IBAN with its first four characters moved to the end. */
export function remainder97(text: string): number {
  let remainder = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    remainder = code > 57 ? (remainder * 100 + code - 55) % 97 : (remainder * 10 + code - 48) % 97;
  }
  return remainder;
}

/** The letter that Spain's DNI and NIE end in. */
export function spanishLetter(number: number): string {
  return "TRWAGMYFPDXBNJZSQVHLCKE".charAt(number % 23);
}

/** Brazil's CPF: 11 digits, the last two are check digits. */
export function hasCpfCheck(digits: string): boolean {
  if (/^(\d)\1*$/.test(digits)) return false;
  return [9, 10].every((length) => {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += (digits.charCodeAt(i) - 48) * (length + 1 - i);
    return ((sum * 10) % 11) % 10 === digits.charCodeAt(length) - 48;
  });
}

/** Germany's tax identification number: 11 digits, ISO 7064 MOD 11,10. */
export function hasGermanTaxCheck(digits: string): boolean {
  let product = 10;
  for (let i = 0; i < 10; i++) {
    const sum = (digits.charCodeAt(i) - 48 + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === digits.charCodeAt(10) - 48;
}

const VERHOEFF_MULTIPLY: readonly string[] = [
  "0123456789",
  "1234067895",
  "2340178956",
  "3401289567",
  "4012395678",
  "5987604321",
  "6598710432",
  "7659821043",
  "8765932104",
  "9876543210",
];
const VERHOEFF_PERMUTE: readonly string[] = [
  "0123456789",
  "1576283094",
  "5803796142",
  "8916043527",
  "9453126870",
  "4286573901",
  "2793806415",
  "7046913258",
];

/** Verhoeff's scheme: India's Aadhaar. */
export function hasVerhoeffCheck(digits: string): boolean {
  let check = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits.charAt(digits.length - 1 - i));
    const permuted = Number(VERHOEFF_PERMUTE[i % 8]?.charAt(digit));
    check = Number(VERHOEFF_MULTIPLY[check]?.charAt(permuted));
  }
  return check === 0;
}

/** Italy's codice fiscale: 16 letters and digits, the last is a check letter (Ministerial Decree of 23 December 1976). */
export function hasCodiceFiscaleCheck(text: string): boolean {
  const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const code = text.charCodeAt(i);
    const value = code > 57 ? code - 65 : code - 48;
    sum += i % 2 === 0 ? (odd[value] ?? 0) : value;
  }
  return text.charCodeAt(15) - 65 === sum % 26;
}
