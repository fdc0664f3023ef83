/** The smoke suite as a worker of workerd: the address of the server is a parameter of the request. */
import { smokeAll } from "./clients.ts";

export default {
  async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url).searchParams.get("server") ?? "";
    try {
      return Response.json(await smokeAll(url));
    } catch (error) {
      return new Response(error instanceof Error ? error.stack : String(error), { status: 500 });
    }
  },
};
