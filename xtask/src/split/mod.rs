//! Cuts the page's program in two: what every reader needs, and what few do, fetched when it is first shown
//! (`src/page/rare.rs`).
//!
//! The seams are the functions whose names begin with `rare_`. What is reached only through them is the second program;
//! [`uses`] knows it from the linker, calls through tables included. Both share memory and tables: the second puts its
//! functions into the places of the table where the first expects them.

#[cfg(test)]
mod tests;
mod uses;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use walrus::ir::{Value, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId,
    FunctionKind, GlobalKind, ImportId, ImportKind, ImportedFunction, Module, ModuleConfig,
    TableId,
};

use crate::files;
use uses::{Behind, Uses};

/// The linker's argument without which nothing is known of what uses what.
pub const LINK_ARGUMENT: &str = "link-arg=--emit-relocs";
/// How the names of seams begin, without the modules that they are in.
const SEAM: &str = "rare_";
/// What only a linker reads.
const LINKER_SECTIONS: [&str; 3] = ["linking", "reloc.CODE", "reloc.DATA"];

/// Takes what few need out of the program at `joined`, which wasm-bindgen made of the one at `linked`, to the file `rare`.
///
/// That calls the other `first`, a name of the build, so that it goes with no other build's.
pub fn split(linked: &Path, joined: &Path, rare: &Path, first: &str) -> Result<()> {
    let linked = files::read(linked)?;
    let uses = Uses::of(&linked)?;
    let behind = uses.behind(is_seam);
    let halves = halves(&files::read(joined)?, &behind, first)?;
    files::write(joined, halves.0)?;
    files::write(rare, halves.1)
}

/// Whether a function is a seam, by its name for the linker: each part of that begins with its length, and the last one
/// is a hash.
fn is_seam(name: &str) -> bool {
    let Some(mut rest) = name.strip_prefix("_ZN") else {
        return false;
    };
    let (mut last, mut before) = ("", "");
    while let Some((part, after)) = first_part(rest) {
        (before, last, rest) = (last, part, after);
    }
    last.starts_with('h') && before.starts_with(SEAM)
}

fn first_part(name: &str) -> Option<(&str, &str)> {
    let n_digits = name.find(|it: char| !it.is_ascii_digit())?;
    let length: usize = name[..n_digits].parse().ok()?;
    name[n_digits..].split_at_checked(length)
}

/// A place of the table, and the number of the function that belongs there.
type Slots = Vec<(u32, usize)>;

/// The first program, and the second one.
fn halves(joined: &[u8], behind: &Behind, name: &str) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut first = parsed(joined)?;
    let is_rare = rare_functions(&first, &behind.functions);
    ensure!(
        is_rare.contains(&true),
        "nothing of the page is reached only through functions named {SEAM}…"
    );
    let first_functions: Vec<_> = first.funcs.iter().map(walrus::Function::id).collect();
    let slots = leave_slots(&mut first, &first_functions, &is_rare)?;
    let mut second = parsed(joined)?;
    let size = table_size(&first)?;
    borrow_all(&mut second, &is_rare, size)?;
    fill_slots(&mut second, &slots)?;
    move_memory(&mut first, &mut second, &behind.memory)?;
    walrus::passes::gc::run(&mut second);
    lend(&mut first, &first_functions, &mut second, name)?;
    walrus::passes::gc::run(&mut first);
    Ok((first.emit_wasm(), second.emit_wasm()))
}

fn parsed(program: &[u8]) -> Result<Module> {
    let mut module = ModuleConfig::new().parse(program)?;
    for section in LINKER_SECTIONS {
        module.customs.remove_raw(section);
    }
    Ok(module)
}

/// Which functions, in their order, are only in the second program.
fn rare_functions(module: &Module, behind: &HashSet<&str>) -> Vec<bool> {
    let exports = module.exports.iter();
    let exported: HashSet<_> = exports
        .filter_map(|export| match export.item {
            ExportItem::Function(id) => Some(id),
            _ => None,
        })
        .collect();
    let functions = module.funcs.iter();
    functions
        .map(|function| {
            let name = function.name.as_deref().unwrap_or_default();
            matches!(function.kind, FunctionKind::Local(_))
                && !exported.contains(&function.id())
                && behind.contains(name)
        })
        .collect()
}

fn table_of(module: &Module) -> Result<TableId> {
    let table = module.tables.main_function_table()?;
    table.context("the page has no table of functions")
}

fn table_size(module: &Module) -> Result<u64> {
    Ok(module.tables.get(table_of(module)?).initial)
}

/// Takes the rare functions out of the first program: its table gets something that fails in their place, and what it
/// calls by name becomes a call through the table.
fn leave_slots(first: &mut Module, functions: &[FunctionId], is_rare: &[bool]) -> Result<Slots> {
    let numbers: HashMap<_, _> = functions
        .iter()
        .zip(0_usize..)
        .map(|(id, n)| (*id, n))
        .collect();
    let table = table_of(first)?;
    let mut nothing = FunctionBuilder::new(&mut first.types, &[], &[]);
    nothing.func_body().unreachable();
    let nothing = nothing.finish(Vec::new(), &mut first.funcs);
    let mut slots = Slots::new();
    for element in first.elements.iter_mut() {
        let (ElementKind::Active { table: of, offset }, ElementItems::Functions(items)) =
            (&element.kind, &mut element.items)
        else {
            continue;
        };
        let ConstExpr::Value(Value::I32(start)) = offset else {
            bail!("the page's table is laid out at run time");
        };
        for (slot, item) in (*start as u32..).zip(items).filter(|_| *of == table) {
            let number = numbers[item];
            if is_rare[number] {
                slots.push((slot, number));
                *item = nothing;
            }
        }
    }
    for number in called_by_name(first, &numbers, is_rare) {
        let known = slots.iter().find(|slot| slot.1 == number);
        let slot = known.map_or_else(|| add_slot(first, table), |slot| slot.0);
        if known.is_none() {
            slots.push((slot, number));
        }
        call_through(first, functions[number], slot, table);
    }
    first.tables.get_mut(table).maximum = None;
    slots.sort_unstable();
    Ok(slots)
}

fn add_slot(first: &mut Module, table: TableId) -> u32 {
    let table = first.tables.get_mut(table);
    table.initial += 1;
    table.initial as u32 - 1
}

/// Makes a function one that calls what is in a place of the table.
fn call_through(first: &mut Module, function: FunctionId, slot: u32, table: TableId) {
    let of = first.funcs.get(function).ty();
    let (params, results) = {
        let of = first.types.get(of);
        (of.params().to_vec(), of.results().to_vec())
    };
    let mut builder = FunctionBuilder::new(&mut first.types, &params, &results);
    let arguments: Vec<_> = params.iter().map(|it| first.locals.add(*it)).collect();
    let mut body = builder.func_body();
    for argument in &arguments {
        body.local_get(*argument);
    }
    body.i32_const(slot.cast_signed()).call_indirect(of, table);
    first.funcs.get_mut(function).kind = FunctionKind::Local(builder.local_func(arguments));
}

/// The numbers of the rare functions that others name.
fn called_by_name(
    first: &Module,
    numbers: &HashMap<FunctionId, usize>,
    is_rare: &[bool],
) -> Vec<usize> {
    let is_rare = |id: &FunctionId| numbers.get(id).is_some_and(|number| is_rare[*number]);
    let mut named = Named::default();
    for (_, function) in first.funcs.iter_local().filter(|(id, _)| !is_rare(id)) {
        dfs_in_order(&mut named, function, function.entry_block());
    }
    let rare = named.0.iter().filter(|id| is_rare(id));
    let mut called: Vec<_> = rare.map(|id| numbers[id]).collect();
    called.sort_unstable();
    called
}

/// The functions that others name.
#[derive(Default)]
struct Named(HashSet<FunctionId>);

impl Visitor<'_> for Named {
    fn visit_function_id(&mut self, function: &FunctionId) {
        self.0.insert(*function);
    }
}

/// Makes everything but the rare functions something that comes from the first program, by its number there.
fn borrow_all(second: &mut Module, is_rare: &[bool], table_size: u64) -> Result<()> {
    let main_table = table_of(second)?;
    for id in ids(second.exports.iter().map(walrus::Export::id)) {
        second.exports.delete(id);
    }
    second.start = None;
    for id in ids(second.data.iter().map(walrus::Data::id)) {
        second.data.delete(id);
    }
    for id in ids(second.elements.iter().map(walrus::Element::id)) {
        second.elements.delete(id);
    }
    for id in ids(second.imports.iter().map(walrus::Import::id)) {
        second.imports.delete(id);
    }
    for (n, id) in ids(second.memories.iter().map(walrus::Memory::id))
        .into_iter()
        .enumerate()
    {
        let import = borrow(second, 'm', n, ImportKind::Memory(id));
        let memory = second.memories.get_mut(id);
        memory.data_segments.clear();
        memory.import = Some(import);
    }
    for (n, id) in ids(second.tables.iter().map(walrus::Table::id))
        .into_iter()
        .enumerate()
    {
        let import = borrow(second, 't', n, ImportKind::Table(id));
        let table = second.tables.get_mut(id);
        table.elem_segments.clear();
        table.import = Some(import);
        if id == main_table {
            (table.initial, table.maximum) = (table_size, None);
        }
    }
    for (n, id) in ids(second.globals.iter().map(walrus::Global::id))
        .into_iter()
        .enumerate()
    {
        let import = borrow(second, 'g', n, ImportKind::Global(id));
        second.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
    for (n, id) in ids(second.funcs.iter().map(walrus::Function::id))
        .into_iter()
        .enumerate()
    {
        if !is_rare[n] {
            let ty = second.funcs.get(id).ty();
            let import = borrow(second, 'f', n, ImportKind::Function(id));
            let imported = ImportedFunction { import, ty };
            second.funcs.get_mut(id).kind = FunctionKind::Import(imported);
        }
    }
    Ok(())
}

fn borrow(second: &mut Module, kind: char, number: usize, item: ImportKind) -> ImportId {
    second.imports.add("", &format!("{kind}{number}"), item)
}

fn ids<T>(ids: impl Iterator<Item = T>) -> Vec<T> {
    ids.collect()
}

/// Puts the rare functions where the first program expects them.
fn fill_slots(second: &mut Module, slots: &Slots) -> Result<()> {
    let table = table_of(second)?;
    let functions: Vec<_> = second.funcs.iter().map(walrus::Function::id).collect();
    for run in slots.chunk_by(|one, next| one.0 + 1 == next.0) {
        let offset = ConstExpr::Value(Value::I32(run[0].0.cast_signed()));
        let items = run.iter().map(|(_, number)| functions[*number]).collect();
        let kind = ElementKind::Active { table, offset };
        let id = second.elements.add(kind, ElementItems::Functions(items));
        second.tables.get_mut(table).elem_segments.insert(id);
    }
    Ok(())
}

/// Takes data out of the first program into the second, to the same places.
fn move_memory(first: &mut Module, second: &mut Module, ranges: &[Range<u32>]) -> Result<()> {
    let memory = second
        .memories
        .iter()
        .next()
        .context("the page has no memory")?
        .id();
    let segments = ids(first.data.iter().map(walrus::Data::id));
    for range in ranges {
        for id in &segments {
            let data = first.data.get_mut(*id);
            let DataKind::Active {
                offset: ConstExpr::Value(Value::I32(start)),
                ..
            } = data.kind
            else {
                continue;
            };
            let at = |address: u32| address.checked_sub(start as u32).map(|it| it as usize);
            let (Some(from), Some(to)) = (at(range.start), at(range.end)) else {
                continue;
            };
            let Some(bytes) = data.value.get_mut(from..to) else {
                continue;
            };
            let offset = ConstExpr::Value(Value::I32(range.start.cast_signed()));
            let id = second
                .data
                .add(DataKind::Active { memory, offset }, bytes.to_vec());
            second.memories.get_mut(memory).data_segments.insert(id);
            bytes.fill(0);
        }
    }
    Ok(())
}

/// Lets the second program have what it asks for, by the shortest of names.
fn lend(
    first: &mut Module,
    functions: &[FunctionId],
    second: &mut Module,
    name: &str,
) -> Result<()> {
    let memories: Vec<_> = first.memories.iter().map(walrus::Memory::id).collect();
    let tables: Vec<_> = first.tables.iter().map(walrus::Table::id).collect();
    let globals: Vec<_> = first.globals.iter().map(walrus::Global::id).collect();
    for (n, id) in ids(second.imports.iter().map(walrus::Import::id))
        .into_iter()
        .enumerate()
    {
        let import = second.imports.get_mut(id);
        let (kind, number) = import.name.split_at(1);
        let number: usize = number.parse()?;
        let item = match kind {
            "f" => ExportItem::Function(functions[number]),
            "g" => ExportItem::Global(globals[number]),
            "m" => ExportItem::Memory(memories[number]),
            _ => ExportItem::Table(tables[number]),
        };
        name.clone_into(&mut import.module);
        import.name = format!("{n:x}");
        first.exports.add(&import.name, item);
    }
    Ok(())
}
