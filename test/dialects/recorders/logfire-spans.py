"""
Logfire's own spans of OpenAI's and Anthropic's clients, in the version of its format that the argument names.
Needs: logfire==5.2.0 openai==3.54.0 anthropic==0.125.0
"""

import logfire
from anthropic import Anthropic
from openai import OpenAI
from recording import argument, processor, run

version = int(argument or 2)
logfire.configure(send_to_logfire=False, console=False, additional_span_processors=[processor])


def call(play):
    if play["id"].startswith("mistral-"):
        return
    body, settings = play["body"], {"api_key": "key", "max_retries": 0}
    if play["api"] == "messages":
        anthropic = Anthropic(base_url=play["baseURL"].removesuffix("/v1"), **settings)
        with logfire.instrument_anthropic(anthropic, version=version):
            answer = anthropic.messages.create(**body)
            read(body, answer)
        return
    openai = OpenAI(base_url=play["baseURL"], **settings)
    resource = {"responses": openai.responses, "embeddings": openai.embeddings}.get(play["api"], openai.chat.completions)
    with logfire.instrument_openai(openai, version=version):
        read(body, resource.create(**body))


def read(body, answer):
    if body.get("stream"):
        for _ in answer:
            pass


run(call)
