import { type ReadableSpanLike, spanWith } from "../../readable-span.ts";
import { type Normaliser, normalise, normaliseAttributes } from "../normalise.ts";
import { isContentEvent } from "../reading/events.ts";
import { speak136, speak140 } from "./genai-versions.ts";
import { Outgoing } from "./outgoing.ts";
import { speakOpenInference } from "./to-openinference.ts";
import { speakOpenLLMetry } from "./to-openllmetry.ts";

/** Dialects that spans can be sent in: the current conventions, two of their past, and two that backends ask for. */
export const SPOKEN_DIALECTS = ["current", "1.36", "1.40", "openinference", "openllmetry"] as const;

/** One of {@link SPOKEN_DIALECTS}. */
export type SpokenDialect = (typeof SPOKEN_DIALECTS)[number];

/** A pure function from a span of any dialect to one of another. */
export type SpanTranslator = (span: ReadableSpanLike) => ReadableSpanLike;

const SPEAKERS: Readonly<Record<Exclude<SpokenDialect, "current">, (out: Outgoing) => void>> = {
  "1.36": speak136,
  "1.40": speak140,
  openinference: speakOpenInference,
  openllmetry: speakOpenLLMetry,
};

/**
 * Makes the function that says a span in a dialect, whatever instrumentation it came from: it is read as the current
 * conventions first. What the dialect has no name for stays under its current name, so that nothing is lost on the way.
 * Spans that are no GenAI spans come back as they are. It never throws.
 *
 * @example
 * otlp({ url: "http://phoenix:6006/v1/traces", translate: to("openinference") })
 */
export function to(dialect: SpokenDialect, normaliser: Normaliser = normaliseAttributes): SpanTranslator {
  if (dialect === "current") return (span) => normalise(span, normaliser);
  const speak = SPEAKERS[dialect];
  return (span) => {
    const current = normalise(span, normaliser);
    try {
      const out = new Outgoing(current);
      speak(out);
      const attributes = out.finish();
      // Messages that came in events have been said by now.
      const others = span.events.filter(({ name }) => !isContentEvent(name));
      return spanWith(current, { attributes, events: [...others, ...out.events] });
    } catch {
      return current; // such as content that is nested too deeply to be written again
    }
  };
}
