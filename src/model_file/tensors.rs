//! Tensors by name: those that are written, and those that were read.

use std::borrow::Cow;

use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors, View};

use super::ModelFileError;
use super::error::quoted;
use crate::encoding::{floats, halves};

/// A tensor to be written.
pub(super) struct Tensor<'a> {
    dtype: Dtype,
    shape: Vec<usize>,
    bytes: Cow<'a, [u8]>,
}

impl<'a> Tensor<'a> {
    pub fn floats(shape: &[usize], values: &'a [f32]) -> Self {
        Self {
            dtype: Dtype::F32,
            shape: shape.to_vec(),
            bytes: Cow::Borrowed(bytemuck::cast_slice(values)),
        }
    }

    /// A row of floats that are put together for it.
    pub fn collected(shape: &[usize], values: impl Iterator<Item = f32>) -> Self {
        Self {
            dtype: Dtype::F32,
            shape: shape.to_vec(),
            bytes: values.flat_map(f32::to_le_bytes).collect(),
        }
    }

    pub fn doubles(shape: &[usize], values: impl Iterator<Item = f64>) -> Self {
        Self {
            dtype: Dtype::F64,
            shape: shape.to_vec(),
            bytes: values.flat_map(f64::to_le_bytes).collect(),
        }
    }

    pub fn integers(values: impl Iterator<Item = u64>) -> Self {
        let bytes: Vec<u8> = values.flat_map(u64::to_le_bytes).collect();
        Self {
            dtype: Dtype::I64,
            shape: vec![bytes.len() / size_of::<u64>()],
            bytes: bytes.into(),
        }
    }

    pub fn bytes(bytes: &'a [u8]) -> Self {
        Self {
            dtype: Dtype::U8,
            shape: vec![bytes.len()],
            bytes: bytes.into(),
        }
    }
}

impl View for Tensor<'_> {
    fn dtype(&self) -> Dtype {
        self.dtype
    }

    fn shape(&self) -> &[usize] {
        &self.shape
    }

    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.bytes)
    }

    fn data_len(&self) -> usize {
        self.bytes.len()
    }
}

/// The tensors of a file.
pub(super) struct Tensors<'a>(pub SafeTensors<'a>);

impl<'a> Tensors<'a> {
    fn find(&self, name: &str) -> Option<TensorView<'a>> {
        self.0.tensor(name).ok()
    }

    /// Numbers of this shape; `None` where there is no such tensor.
    pub fn floats(&self, name: &str, shape: &[usize]) -> Result<Option<Vec<f32>>, ModelFileError> {
        let Some(tensor) = self.find(name) else {
            return Ok(None);
        };
        if tensor.shape() != shape {
            return Err(ModelFileError::shape(name, tensor.shape(), shape));
        }
        floats_of(name, &tensor).map(Some)
    }

    /// `n × width` numbers, for any `n`, or `n` of them where `width` is `None`; none where there is no such tensor.
    pub fn rows(&self, name: &str, width: Option<usize>) -> Result<Vec<f32>, ModelFileError> {
        let Some(n) = self.length(name) else {
            return Ok(Vec::new());
        };
        let shape: Vec<usize> = std::iter::once(n).chain(width).collect();
        Ok(self.floats(name, &shape)?.unwrap_or_default())
    }

    /// The first size of a tensor's shape.
    pub fn length(&self, name: &str) -> Option<usize> {
        self.find(name)?.shape().first().copied()
    }

    /// `n × width` numbers in double precision, NaN among them; none where there is no such tensor.
    pub fn doubles(&self, name: &str, width: usize) -> Result<Vec<f64>, ModelFileError> {
        let Some(bytes) = self.raw(name, Dtype::F64, Some(width))? else {
            return Ok(Vec::new());
        };
        let (values, _) = bytes.as_chunks();
        Ok(values.iter().copied().map(f64::from_le_bytes).collect())
    }

    /// Numbers from 0 on; none where there is no such tensor.
    pub fn integers(&self, name: &str) -> Result<Vec<u64>, ModelFileError> {
        let Some(bytes) = self.raw(name, Dtype::I64, None)? else {
            return Ok(Vec::new());
        };
        let (values, _) = bytes.as_chunks();
        Ok(values.iter().copied().map(u64::from_le_bytes).collect())
    }

    /// The bytes of a file that is a tensor.
    pub fn bytes(&self, name: &str) -> Result<&'a [u8], ModelFileError> {
        let bytes = self.raw(name, Dtype::U8, None)?;
        bytes.ok_or_else(|| ModelFileError::missing(name))
    }

    /// The same; empty where there is no such tensor.
    pub fn bytes_or_none(&self, name: &str) -> Result<Vec<u8>, ModelFileError> {
        Ok(self
            .raw(name, Dtype::U8, None)?
            .unwrap_or_default()
            .to_vec())
    }

    fn raw(
        &self,
        name: &str,
        dtype: Dtype,
        width: Option<usize>,
    ) -> Result<Option<&'a [u8]>, ModelFileError> {
        let Some(tensor) = self.find(name) else {
            return Ok(None);
        };
        let n = tensor.shape().first().copied().unwrap_or(0);
        let expected: Vec<usize> = std::iter::once(n).chain(width).collect();
        if tensor.shape() != expected {
            return Err(ModelFileError::shape(name, tensor.shape(), &expected));
        }
        if tensor.dtype() != dtype {
            return Err(wrong_kind(name, tensor.dtype()));
        }
        Ok(Some(tensor.data()))
    }
}

/// The values of a tensor in single precision, all of them finite.
pub(super) fn floats_of(name: &str, tensor: &TensorView) -> Result<Vec<f32>, ModelFileError> {
    let bytes = tensor.data();
    let values = match tensor.dtype() {
        Dtype::F32 => floats::from_bytes(bytes),
        Dtype::F16 => halves::from_bytes(bytes),
        Dtype::BF16 => {
            let (halves, _) = bytes.as_chunks();
            let single = |&half| f32::from_bits(u32::from(u16::from_le_bytes(half)) << 16);
            Some(halves.iter().map(single).collect())
        }
        Dtype::F64 => {
            let (doubles, _) = bytes.as_chunks();
            let single = |&double| f64::from_le_bytes(double) as f32;
            Some(doubles.iter().map(single).collect())
        }
        other => return Err(wrong_kind(name, other)),
    };
    let values = values.unwrap_or_default();
    match values.iter().position(|value| !value.is_finite()) {
        Some(place) => Err(ModelFileError::NotFinite {
            name: quoted(name),
            place,
        }),
        None => Ok(values),
    }
}

fn wrong_kind(name: &str, dtype: Dtype) -> ModelFileError {
    ModelFileError::Kind {
        name: quoted(name),
        dtype: dtype.to_string(),
    }
}
