import { ok, refuse, type Result } from '../shared/result.ts';
import { fileErrors } from './errors.ts';

export const megabytesAtMost = 10;
export const bytesAtMost = megabytesAtMost * 1_048_576;
const filesAtMost = 30;

/** How files of a kind begin: the name and what a browser claims can be anything. */
const beginnings = [
  { mediaType: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { mediaType: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mediaType: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
] as const;

export type MediaType = (typeof beginnings)[number]['mediaType'];

const mediaTypeOf = (bytes: Uint8Array): MediaType | undefined =>
  beginnings.find((one) => one.bytes.every((byte, at) => bytes[at] === byte))?.mediaType;

/** Whether a file may be kept beside those there are, and what it really is. */
export const decideUpload = (bytes: Uint8Array, keptCount: number): Result<MediaType> => {
  if (bytes.length === 0) return refuse(fileErrors.empty());
  if (bytes.length > bytesAtMost) {
    return refuse(fileErrors.too_large({ params: { most: megabytesAtMost } }));
  }
  if (keptCount >= filesAtMost) {
    return refuse(fileErrors.too_many({ params: { most: filesAtMost } }));
  }
  const mediaType = mediaTypeOf(bytes);
  return mediaType ? ok(mediaType) : refuse(fileErrors.wrong_type());
};
