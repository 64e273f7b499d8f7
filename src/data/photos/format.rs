//! What a file of a picture is, and how large the picture will be, before anything is decoded.

/// A form of picture that every browser decodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoFormat {
    /// Portable Network Graphics.
    Png,
    /// What cameras write.
    Jpeg,
    /// What web pages use.
    WebP,
}

impl PhotoFormat {
    /// The form of a file, by its first bytes; `None` for anything else.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Some(Self::WebP),
            _ => None,
        }
    }

    /// Its name in the types of the web.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::WebP => "image/webp",
        }
    }

    /// Width and height that the header of a file of this form announces; `None` where there is no such header.
    pub fn size(self, bytes: &[u8]) -> Option<(u32, u32)> {
        let (width, height) = match self {
            Self::Png => png_size(bytes)?,
            Self::Jpeg => jpeg_size(bytes)?,
            Self::WebP => webp_size(bytes)?,
        };
        (width > 0 && height > 0).then_some((width, height))
    }
}

fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.get(12..24)?;
    let (name, sizes) = header.split_first_chunk::<4>()?;
    let (&width, rest) = sizes.split_first_chunk::<4>()?;
    let &height = rest.first_chunk::<4>()?;
    (name == b"IHDR").then(|| (u32::from_be_bytes(width), u32::from_be_bytes(height)))
}

/// Looks for the segment that begins a frame.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.get(2..)?;
    loop {
        let &[marker, code] = rest.first_chunk::<2>()?;
        if marker != 0xff {
            return None;
        }
        // A marker may be preceded by any number of these, and some stand without a segment.
        match code {
            0xff => {
                rest = &rest[1..];
                continue;
            }
            0x01 | 0xd0..=0xd8 => {
                rest = &rest[2..];
                continue;
            }
            _ => {}
        }
        let &[high, low] = rest.get(2..)?.first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes([high, low]));
        let is_frame = matches!(code, 0xc0..=0xcf) && ![0xc4, 0xc8, 0xcc].contains(&code);
        if is_frame {
            let &[h1, h0, w1, w0] = rest.get(5..)?.first_chunk::<4>()?;
            let size = |high, low| u32::from(u16::from_be_bytes([high, low]));
            return Some((size(w1, w0), size(h1, h0)));
        }
        rest = rest.get(2 + length.max(2)..)?;
    }
}

fn webp_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let (name, body) = bytes.get(12..)?.split_first_chunk::<4>()?;
    let body = body.get(4..)?;
    match name {
        b"VP8X" => {
            let (sizes, _) = body.get(4..)?.as_chunks::<3>();
            let size =
                |&[low, middle, high]: &[u8; 3]| u32::from_le_bytes([low, middle, high, 0]) + 1;
            Some((size(sizes.first()?), size(sizes.get(1)?)))
        }
        b"VP8L" => {
            let (&signature, rest) = body.split_first()?;
            let bits = u32::from_le_bytes(*rest.first_chunk()?);
            (signature == 0x2f).then_some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        b"VP8 " => {
            let &[w0, w1, h0, h1] = body.get(6..)?.first_chunk::<4>()?;
            let size = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3fff);
            Some((size(w0, w1), size(h0, h1)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::damage::with_damaged;

    const PNG: &[u8] = include_bytes!("../../../tests/fixtures/cases/pictures/round/r00.png");
    const JPEG: &[u8] = include_bytes!("../../../tests/fixtures/cases/pictures/square/s00.jpg");

    /// A lossy, a lossless and an extended file of 640 × 480, up to what follows their sizes.
    fn webp(name: [u8; 4], body: &[u8]) -> Vec<u8> {
        [b"RIFF\0\0\0\0WEBP".as_slice(), &name, &[0; 4], body].concat()
    }

    #[test]
    fn sizes_are_read_from_the_headers_of_every_form() {
        assert_eq!(PhotoFormat::of(PNG), Some(PhotoFormat::Png));
        assert_eq!(PhotoFormat::Png.size(PNG), Some((64, 48)));
        assert_eq!(PhotoFormat::of(JPEG), Some(PhotoFormat::Jpeg));
        assert_eq!(PhotoFormat::Jpeg.size(JPEG), Some((80, 80)));
        let lossless = (0x27f_u32 | 0x1df << 14).to_le_bytes();
        let files = [
            webp(*b"VP8X", &[0, 0, 0, 0, 0x7f, 2, 0, 0xdf, 1, 0]),
            webp(*b"VP8L", &[&[0x2f], lossless.as_slice()].concat()),
            webp(*b"VP8 ", &[0, 0, 0, 0x9d, 1, 0x2a, 0x80, 2, 0xe0, 1]),
        ];
        for file in files {
            assert_eq!(PhotoFormat::of(&file), Some(PhotoFormat::WebP));
            assert_eq!(PhotoFormat::WebP.size(&file), Some((640, 480)));
        }
    }

    #[test]
    fn anything_else_is_no_picture() {
        for bytes in [
            b"".as_slice(),
            b"GIF89a",
            b"a,b\n1,2\n",
            b"RIFF\0\0\0\0WAVE",
        ] {
            assert_eq!(PhotoFormat::of(bytes), None);
        }
        assert_eq!(PhotoFormat::Jpeg.size(&[0xff, 0xd8, 0xff]), None);
    }

    #[test]
    fn damage_gives_some_size_or_none() {
        let samples = [PNG.to_vec(), JPEG.to_vec(), webp(*b"VP8X", &[0; 10])];
        with_damaged(&samples, 20_000, |bytes| {
            let size = PhotoFormat::of(bytes).and_then(|format| format.size(bytes));
            assert!(size.is_none_or(|(width, height)| width > 0 && height > 0));
        });
    }
}
