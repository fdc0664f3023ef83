import "@genspan/instrumentation";
