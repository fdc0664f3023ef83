// An application that knows nothing of telemetry.
const OpenAI = require("openai");

async function main() {
  const client = new OpenAI(); // OPENAI_API_KEY, OPENAI_BASE_URL
  const completion = await client.chat.completions.create({
    model: process.env.OPENAI_MODEL ?? "gpt-4o-mini",
    messages: [{ role: "user", content: "Say hello." }],
  });
  console.log(completion.choices[0]?.message.content);
}

main();
