import crypto from "node:crypto";

/** SHA-256 of a text in hex. At one go, which takes half the time and leaves no handle behind, where the runtime has that. */
export const sha256: (text: string) => string =
  typeof crypto.hash === "function"
    ? (text) => crypto.hash("sha256", text)
    : (text) => crypto.createHash("sha256").update(text).digest("hex");
