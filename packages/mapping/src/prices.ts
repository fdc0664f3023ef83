/** The offline price list. An entry of its own: it is bundled, in one minified file, where the package has four times that. */
export { calcPrice } from "@pydantic/genai-prices";
