//! Decoding the reader's pictures by the browser, before anything else reads them.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, ImageBitmap, OffscreenCanvas, OffscreenCanvasRenderingContext2d,
    WorkerGlobalScope,
};

use crate::data::{NamedFile, PhotoFormat, Photos, decoded_size, photos_among};

const CANNOT_DRAW: &str = "This browser decodes no pictures beside the page: use a newer one, or make an IDX file of them.";

/// The files, with one of decoded pictures in the place of those that are pictures.
///
/// # Errors
/// Why they cannot be taken, as a sentence.
pub(super) async fn with_photos_decoded(files: Vec<NamedFile>) -> Result<Vec<NamedFile>, String> {
    let found = photos_among(&files).map_err(|error| format!("{error}."))?;
    let Some(found) = found else {
        return Ok(files);
    };
    drop(files);
    let decoder = Decoder::new().ok_or(CANNOT_DRAW)?;
    let mut photos = Photos::new();
    for file in &found {
        match decoder.decoded(&file.bytes).await {
            Some((size, pixels)) => photos.add(&file.name, size, &pixels),
            None => photos.leave_out(&file.name),
        }
    }
    let photos = photos
        .finished()
        .map_err(|error| format!("The pictures cannot be taken: {error}."))?;
    let name = found
        .into_iter()
        .next()
        .map_or_else(String::new, |file| file.name);
    let bytes = photos.to_bytes(photos.proposal());
    Ok(vec![NamedFile { name, bytes }])
}

/// A canvas that nobody sees.
struct Decoder {
    canvas: OffscreenCanvas,
    context: OffscreenCanvasRenderingContext2d,
}

impl Decoder {
    fn new() -> Option<Self> {
        let canvas = OffscreenCanvas::new(1, 1).ok()?;
        let context = canvas.get_context("2d").ok()??;
        let context = context.dyn_into().ok()?;
        Some(Self { canvas, context })
    }

    /// Width, height, and the red, green, blue and opacity of each pixel, scaled down to what is kept of a picture; `None`
    /// where it is none, or is larger than a browser should decode.
    async fn decoded(&self, bytes: &[u8]) -> Option<((u32, u32), Vec<u8>)> {
        let format = PhotoFormat::of(bytes)?;
        decoded_size(format.size(bytes)?)?;
        let bitmap = bitmap_of(bytes, format).await.ok()?;
        // A camera that was held upright says so in the file, and the browser has obeyed.
        let size = decoded_size((bitmap.width(), bitmap.height()))?;
        let pixels = self.scaled(&bitmap, size);
        bitmap.close();
        Some((size, pixels.ok()?))
    }

    fn scaled(
        &self,
        bitmap: &ImageBitmap,
        (width, height): (u32, u32),
    ) -> Result<Vec<u8>, JsValue> {
        self.canvas.set_width(width);
        self.canvas.set_height(height);
        let quality = JsValue::from_str("high");
        js_sys::Reflect::set(&self.context, &"imageSmoothingQuality".into(), &quality)?;
        let (w, h) = (f64::from(width), f64::from(height));
        self.context
            .draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, w, h)?;
        let image = self.context.get_image_data(0.0, 0.0, w, h)?;
        Ok(image.data().0)
    }
}

async fn bitmap_of(bytes: &[u8], format: PhotoFormat) -> Result<ImageBitmap, JsValue> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(format.media_type());
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let bitmap = JsFuture::from(scope.create_image_bitmap_with_blob(&blob)?).await?;
    bitmap.dyn_into()
}
