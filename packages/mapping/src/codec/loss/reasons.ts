import { ATTR_GENSPAN_RAW_PREFIX, CONTENT_ATTRIBUTES } from "@genspan/semconv";
import type { VendorFormat } from "../../vendor.ts";
import type { Leaf } from "./leaves.ts";

/** The words of the loss report. */

const CONTENT: ReadonlySet<string> = new Set(CONTENT_ATTRIBUTES);
const MAX_LISTED = 4;

export function listed(places: readonly string[]): string {
  const shown = places.slice(0, MAX_LISTED).map((place) => `\`${place}\``);
  const others = places.length - shown.length;
  return others > 0 ? `${shown.join(", ")} and ${others} more` : shown.join(", ");
}

export function whyChanged(places: readonly string[], missing: readonly Leaf[]): string {
  if (missing.length === 0) return `in another form in ${listed(places)}`;
  const lost = [...new Set(missing.map(({ field }) => field || "a part"))];
  return `not in full in ${listed(places)}: without ${listed(lost)}`;
}

/** @param decided places of the record that are what they are because of the attribute, and do not say what it says. */
export function whyDropped(attribute: string, decided: readonly string[], format: VendorFormat): string {
  const { recordName } = format;
  if (decided.length > 0)
    return `the ${recordName} has no place for what it says, which only decides ${listed(decided)}`;
  if (CONTENT.has(attribute)) return `the ${recordName} has no place for it, and content never goes into metadata`;
  if (attribute.startsWith(ATTR_GENSPAN_RAW_PREFIX))
    return "a raw body is used where the record wants one, and never goes into metadata";
  if (attribute.startsWith("event:")) return whyEventDropped(attribute.slice("event:".length), format);
  if (attribute === "link") return `the ${recordName} has no links`;
  return `the ${recordName} has no field for it`;
}

/** @param event its name, and behind a space what was evaluated. */
function whyEventDropped(event: string, { recordName, companion }: VendorFormat): string {
  const [name = ""] = event.split(" ");
  if (companion?.events.includes(name) !== true) return `the ${recordName} has no events`;
  return companion.offUntil === undefined
    ? `no ${companion.recordName} takes it`
    : `the ${recordName} has no events; ${companion.offUntil}, and it is sent as a ${companion.recordName}`;
}
