// The proof of work that a place in a waiting room costs: a text that makes SHA-256 of `sale:entrant:text` begin with a number
// of zero bits. The browser computes it in the background; it serves one buyer and sale.
const BATCH = 512;

export async function work(saleId, entrant, bits) {
  const encoder = new TextEncoder();
  const hash = (text) => crypto.subtle.digest('SHA-256', encoder.encode(`${saleId}:${entrant}:${text}`));
  for (let from = 0; ; from += BATCH) {
    const hashes = await Promise.all(Array.from({ length: BATCH }, (_, i) => hash(from + i)));
    const found = hashes.findIndex((each) => zeroBits(new Uint8Array(each)) >= bits);
    if (found >= 0) return String(from + found);
  }
}

function zeroBits(bytes) {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? bytes.length * 8 : first * 8 + Math.clz32(bytes[first]) - 24;
}
