/** Version of the wire. History in PROTOCOL.md; a test over the message schemas fails when they change without it. */
export const protocolVersion = 5;
