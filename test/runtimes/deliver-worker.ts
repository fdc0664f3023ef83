/** `delivery.ts` as a worker of workerd: the addresses of the receivers are parameters of the request. */
import { deliver } from "./delivery.ts";

export default {
  async fetch(request: Request): Promise<Response> {
    const asked = new URL(request.url).searchParams;
    try {
      const [otlp, vendor] = [asked.get("otlp") ?? "", asked.get("vendor") ?? ""];
      return Response.json(await deliver({ otlp, vendor, directory: "/var/lib/app/spool" }));
    } catch (error) {
      return new Response(error instanceof Error ? error.stack : String(error), { status: 500 });
    }
  },
};
