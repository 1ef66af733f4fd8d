/*
 * websocket.mjs PORT - lines of the input as text frames (RFC 6455) to ws://127.0.0.1:PORT/, a frame each; every text frame that
 * comes back is printed as a line.  It sends the next line when the last was answered, and ends when all are.
 */
import net from "node:net";
import crypto from "node:crypto";
import fs from "node:fs";

const lines = fs.readFileSync(0, "latin1").split("\n").filter((l) => l.length);
const key = crypto.randomBytes(16).toString("base64");
const socket = net.connect(Number(process.argv[2]), "127.0.0.1");
let input = Buffer.alloc(0), open = false, message = [];

const frame = (opcode, payload) => {
    const mask = crypto.randomBytes(4), n = payload.length;
    const head = n < 126 ? Buffer.from([0x80 | opcode, 0x80 | n])
        : n < 65536 ? Buffer.from([0x80 | opcode, 0x80 | 126, n >> 8, n & 255])
        : Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | 127, 0, 0, 0, 0]), Buffer.from(new Uint32Array([n]).buffer).reverse()]);
    const masked = Buffer.from(payload);
    for (let i = 0; i < n; i++) masked[i] ^= mask[i & 3];
    return Buffer.concat([head, mask, masked]);
};
const send = () => {
    if (lines.length) socket.write(frame(1, Buffer.from(lines.shift(), "latin1")));
    else socket.end(frame(8, Buffer.alloc(0)));
};

socket.on("connect", () => socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
    `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`));
socket.on("data", (data) => {
    input = Buffer.concat([input, data]);
    if (!open) {
        const end = input.indexOf("\r\n\r\n");
        if (end < 0) return;
        const head = input.subarray(0, end).toString();
        const accept = crypto.createHash("sha1").update(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest("base64");
        if (!/^HTTP\/1.1 101/.test(head) || !head.includes(accept)) { console.error("no WebSocket: " + head); process.exit(1); }
        open = true;
        input = input.subarray(end + 4);
        send();
    }
    for (;;) {
        if (input.length < 2) return;
        let n = input[1] & 127, at = 2;
        if (n === 126) { if (input.length < 4) return; n = input.readUInt16BE(2); at = 4; }
        else if (n === 127) { if (input.length < 10) return; n = Number(input.readBigUInt64BE(2)); at = 10; }
        if (input.length < at + n) return;
        const final = input[0] & 128, opcode = input[0] & 15, payload = input.subarray(at, at + n);
        input = input.subarray(at + n);
        if (opcode === 8) { socket.end(); return; }
        if (opcode === 9) { socket.write(frame(10, payload)); continue; }
        message.push(payload);
        if (!final) continue;
        process.stdout.write(Buffer.concat(message).toString() + "\n");
        message = [];
        send();
    }
});
socket.on("error", (e) => { console.error(e.message); process.exit(1); });
socket.on("close", () => process.exit(lines.length ? 1 : 0));
