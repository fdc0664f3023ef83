"""
pydantic-ai: a model is asked for what the recorded body asks for, in the version of its format that the argument names.
Needs: pydantic-ai-slim[openai]==2.68.0, and for format 1 pydantic-ai-slim[openai]==1.0.0 with openai<2 and
opentelemetry-sdk<1.38.
"""

import base64

from openai import AsyncOpenAI
from opentelemetry.sdk.trace import TracerProvider
from pydantic_ai import BinaryContent
from pydantic_ai.direct import model_request_stream_sync, model_request_sync
from pydantic_ai.messages import (
    ModelRequest,
    ModelResponse,
    SystemPromptPart,
    TextPart,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.models.instrumented import InstrumentationSettings
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.tools import ToolDefinition
from recording import argument, processor, run

provider = TracerProvider()
provider.add_span_processor(processor)
instrument = InstrumentationSettings(tracer_provider=provider, version=int(argument or 5))


def content_of(content):
    if isinstance(content, str):
        return content
    return [part["text"] if part["type"] == "text" else image_of(part["image_url"]["url"]) for part in content]


def image_of(url):
    kind, data = url.removeprefix("data:").split(";base64,")
    return BinaryContent(base64.b64decode(data), media_type=kind)


def messages_of(body):
    names = {}
    for message in body["messages"]:
        role, content = message["role"], message.get("content")
        if role in ("system", "developer"):
            yield ModelRequest(parts=[SystemPromptPart(content)])
        elif role == "user":
            yield ModelRequest(parts=[UserPromptPart(content_of(content))])
        elif role == "tool":
            id = message["tool_call_id"]
            yield ModelRequest(parts=[ToolReturnPart(names[id], content, tool_call_id=id)])
        else:
            calls = message.get("tool_calls") or []
            names.update({one["id"]: one["function"]["name"] for one in calls})
            yield ModelResponse(
                parts=[
                    *([TextPart(content)] if content else []),
                    *(ToolCallPart(one["function"]["name"], one["function"]["arguments"], one["id"]) for one in calls),
                ]
            )


def tools_of(body):
    for tool in body.get("tools") or []:
        function = tool["function"]
        yield ToolDefinition(
            name=function["name"],
            description=function.get("description"),
            parameters_json_schema=function.get("parameters") or {},
        )


def call(play):
    if play["api"] != "chat.completions" or play["id"].startswith("mistral-"):
        return
    body = play["body"]
    client = AsyncOpenAI(api_key="key", base_url=play["baseURL"], max_retries=0)
    model = OpenAIChatModel(body["model"], provider=OpenAIProvider(openai_client=client))
    settings = {name: body[name] for name in ("temperature", "max_tokens", "top_p", "seed") if name in body}
    asked = {
        "model_settings": settings,
        "model_request_parameters": ModelRequestParameters(function_tools=list(tools_of(body))),
        "instrument": instrument,
    }
    if body.get("stream"):
        with model_request_stream_sync(model, list(messages_of(body)), **asked) as stream:
            for _ in stream:
                pass
    else:
        model_request_sync(model, list(messages_of(body)), **asked)


run(call)
