export type { Fault, FaultHandle, FaultWindow } from "./fault.ts";
export type { Mock, MockOptions, MockRequest } from "./mock.ts";
export { decodeOtlpRequest, type OtlpSignal } from "./otlp/decode-request.ts";
export { logsOf, type ReceivedLog, type ReceivedScope, type ReceivedSpan, spansOf } from "./otlp/records.ts";
export { isMockName, type MockName, mockNames } from "./registry.ts";
export { type RecordOf, startMock } from "./start-mock.ts";
export type { StoredRecord } from "./store.ts";
export type { CertificateName } from "./tls/certificates.ts";
