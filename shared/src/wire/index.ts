export { answerFromWire, answerToWire, fieldOrder, fromWire, toWire, type WireName } from './messages-on-wire.ts';
export { PacketDecoder as Decoder, PacketEncoder as Encoder, type Packet } from './packet.ts';
