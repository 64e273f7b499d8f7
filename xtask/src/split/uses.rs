//! What uses what in a program, as the linker's relocations tell it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use anyhow::{Result, bail, ensure};
use wasmparser::{
    Data, DataKind, ExternalKind, FunctionBody, KnownCustom, Linking, Operator, Parser, Payload,
    RelocSectionReader, RelocationType, SymbolInfo, TypeRef,
};

/// A function, by its index, or something in memory, by its symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Thing {
    Function(u32),
    Memory(u32),
}

/// The uses of a program that was linked with `--emit-relocs`.
#[derive(Debug, Default)]
pub struct Uses {
    names: HashMap<u32, String>,
    /// What is used from outside, or by what no symbol names.
    roots: Vec<Thing>,
    by: HashMap<Thing, Vec<Thing>>,
    addresses: Vec<(Thing, Range<u32>)>,
}

/// What is reached only through seams.
#[derive(Debug, Default, PartialEq)]
pub struct Behind<'a> {
    /// The names of functions.
    pub functions: HashSet<&'a str>,
    /// Where in memory the data are that nothing else uses, in their order.
    pub memory: Vec<Range<u32>>,
}

impl Uses {
    /// Reads the uses of a program.
    pub fn of(linked: &[u8]) -> Result<Self> {
        let program = Program::read(linked)?;
        ensure!(
            !program.symbols.is_empty(),
            "the page was linked without its relocations"
        );
        let memory = program.memory()?;
        let mut uses = Self {
            names: program.names(),
            roots: program.roots.clone(),
            by: HashMap::new(),
            addresses: program.addresses(),
        };
        for (section, relocations) in &program.relocations {
            match *section {
                "reloc.CODE" => uses.note(&program, relocations, &program.code)?,
                "reloc.DATA" => uses.note(&program, relocations, &memory)?,
                _ => {}
            }
        }
        Ok(uses)
    }

    /// What is reached only through the functions that are seams, by their names.
    pub fn behind(&self, is_seam: impl Fn(&str) -> bool) -> Behind<'_> {
        let names = |things: &HashSet<Thing>| -> HashSet<&str> {
            things.iter().map(|thing| self.name(*thing)).collect()
        };
        let first = self.reached(&is_seam);
        let all = self.reached(&|_: &str| false);
        let mut functions = names(&all);
        let first_names = names(&first);
        functions.retain(|name| !name.is_empty() && !first_names.contains(name));
        Behind {
            functions,
            memory: self.memory_between(&first, &all),
        }
    }

    /// Where the data are that are among `all` and share no place with any other.
    fn memory_between(&self, first: &HashSet<Thing>, all: &HashSet<Thing>) -> Vec<Range<u32>> {
        let is_behind = |thing: &Thing| all.contains(thing) && !first.contains(thing);
        let mut ranges: Vec<Range<u32>> = Vec::new();
        let mut taken_up_to = 0;
        for (thing, range) in &self.addresses {
            let is_apart = range.start >= taken_up_to;
            taken_up_to = taken_up_to.max(range.end);
            if !is_apart && let Some(last) = ranges.last_mut() {
                // What is shared stays where all can use it.
                last.end = last.end.min(range.start).max(last.start);
            }
            if is_apart && is_behind(thing) {
                match ranges.last_mut().filter(|last| last.end == range.start) {
                    Some(last) => last.end = range.end,
                    None => ranges.push(range.clone()),
                }
            }
        }
        ranges.retain(|range| !range.is_empty());
        ranges
    }

    /// All that is reached from outside without going through what is closed.
    fn reached(&self, is_closed: &impl Fn(&str) -> bool) -> HashSet<Thing> {
        let mut reached = HashSet::new();
        let mut waiting = self.roots.clone();
        while let Some(thing) = waiting.pop() {
            if !is_closed(self.name(thing)) && reached.insert(thing) {
                waiting.extend(self.by.get(&thing).into_iter().flatten());
            }
        }
        reached
    }

    /// Empty for what has none.
    fn name(&self, thing: Thing) -> &str {
        match thing {
            Thing::Function(index) => self.names.get(&index).map_or("", String::as_str),
            Thing::Memory(_) => "",
        }
    }

    fn note(
        &mut self,
        program: &Program,
        relocations: &RelocSectionReader,
        places: &[Place],
    ) -> Result<()> {
        for relocation in relocations.entries() {
            let relocation = relocation?;
            let Some(used) = program.used(relocation.ty, relocation.index)? else {
                continue;
            };
            let mut is_noted = false;
            for user in at(places, relocation.offset as usize) {
                self.by.entry(user).or_default().push(used);
                is_noted = true;
            }
            if !is_noted {
                self.roots.push(used);
            }
        }
        Ok(())
    }
}

/// Where in memory a segment begins.
fn address(kind: &DataKind) -> Result<u32> {
    if let DataKind::Active { offset_expr, .. } = kind
        && let Operator::I32Const { value } = offset_expr.get_operators_reader().read()?
    {
        return Ok(value as u32);
    }
    bail!("the page's data are laid out at run time");
}

/// Where in its section something is.
#[derive(Clone, Debug)]
struct Place {
    range: Range<usize>,
    /// Where the places up to this one end, the farthest of them.
    farthest: usize,
    thing: Thing,
}

/// In the order of the section.
fn sorted(mut places: Vec<Place>) -> Vec<Place> {
    places.sort_by_key(|place| place.range.start);
    let mut farthest = 0;
    for place in &mut places {
        farthest = farthest.max(place.range.end);
        place.farthest = farthest;
    }
    places
}

/// All that is at a place: several symbols can share one.
fn at(places: &[Place], offset: usize) -> impl Iterator<Item = Thing> {
    let n_before = places.partition_point(|place| place.range.start <= offset);
    let near = places[..n_before].iter().rev();
    let near = near.take_while(move |place| offset < place.farthest);
    near.filter(move |place| place.range.contains(&offset))
        .map(|place| place.thing)
}

/// What is read of a program, with places counted from the beginning of their section.
#[derive(Default)]
struct Program<'a> {
    n_imported: u32,
    code_start: usize,
    code: Vec<Place>,
    /// Where each begins, in the section and in memory.
    segments: Vec<(usize, u32)>,
    roots: Vec<Thing>,
    symbols: Vec<SymbolInfo<'a>>,
    relocations: Vec<(&'a str, RelocSectionReader<'a>)>,
}

impl<'a> Program<'a> {
    fn read(linked: &'a [u8]) -> Result<Self> {
        let mut program = Self::default();
        for payload in Parser::new(0).parse_all(linked) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        program.n_imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        if export.kind == ExternalKind::Func {
                            program.roots.push(Thing::Function(export.index));
                        }
                    }
                }
                Payload::StartSection { func, .. } => program.roots.push(Thing::Function(func)),
                Payload::CodeSectionStart { range, .. } => program.code_start = range.start,
                Payload::CodeSectionEntry(body) => program.add_function(&body),
                Payload::DataSection(data) => {
                    let start = data.range().start;
                    for segment in data {
                        let Data { data, range, kind } = segment?;
                        program
                            .segments
                            .push((range.end - data.len() - start, address(&kind)?));
                    }
                }
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Linking(linking) => program.add_symbols(&linking)?,
                    KnownCustom::Reloc(relocations) => {
                        program.relocations.push((section.name(), relocations));
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        Ok(program)
    }

    fn add_function(&mut self, body: &FunctionBody) {
        let range = body.range();
        self.code.push(Place {
            range: range.start - self.code_start..range.end - self.code_start,
            farthest: range.end - self.code_start,
            thing: Thing::Function(self.n_imported + self.code.len() as u32),
        });
    }

    fn add_symbols(&mut self, linking: &wasmparser::LinkingSectionReader<'a>) -> Result<()> {
        for part in linking.subsections() {
            if let Linking::SymbolTable(table) = part? {
                for symbol in table {
                    self.symbols.push(symbol?);
                }
            }
        }
        Ok(())
    }

    fn names(&self) -> HashMap<u32, String> {
        let symbols = self.symbols.iter();
        let named = symbols.filter_map(|symbol| match symbol {
            SymbolInfo::Func {
                index,
                name: Some(name),
                ..
            } => Some((*index, (*name).to_owned())),
            _ => None,
        });
        named.collect()
    }

    /// What lies in memory.
    fn memory(&self) -> Result<Vec<Place>> {
        let mut places = Vec::new();
        for (number, symbol) in self.symbols.iter().enumerate() {
            if let SymbolInfo::Data {
                symbol: Some(place),
                ..
            } = symbol
            {
                let Some(segment) = self.segments.get(place.index as usize) else {
                    bail!("a symbol of the page is of no data");
                };
                let start = segment.0 + place.offset as usize;
                places.push(Place {
                    range: start..start + place.size as usize,
                    farthest: 0,
                    thing: Thing::Memory(number as u32),
                });
            }
        }
        Ok(sorted(places))
    }

    /// Where in memory the data are, in their order.
    fn addresses(&self) -> Vec<(Thing, Range<u32>)> {
        let symbols = self.symbols.iter().zip(0_u32..);
        let placed = symbols.filter_map(|(symbol, number)| match symbol {
            SymbolInfo::Data {
                symbol: Some(place),
                ..
            } => {
                let start = self.segments.get(place.index as usize)?.1 + place.offset;
                Some((Thing::Memory(number), start..start + place.size))
            }
            _ => None,
        });
        let mut addresses: Vec<_> = placed.filter(|(_, range)| !range.is_empty()).collect();
        addresses.sort_by_key(|(_, range)| (range.start, range.end));
        addresses
    }

    /// What a relocation puts in its place; `None` for what is neither function nor memory.
    fn used(&self, kind: RelocationType, index: u32) -> Result<Option<Thing>> {
        use RelocationType as Kind;
        if matches!(
            kind,
            Kind::TypeIndexLeb
                | Kind::GlobalIndexLeb
                | Kind::GlobalIndexI32
                | Kind::EventIndexLeb
                | Kind::TableNumberLeb
        ) {
            return Ok(None);
        }
        let Some(symbol) = self.symbols.get(index as usize) else {
            bail!("a relocation of the page is of no symbol");
        };
        Ok(match symbol {
            SymbolInfo::Func { index, .. } => Some(Thing::Function(*index)),
            SymbolInfo::Data { .. } => Some(Thing::Memory(index)),
            _ => None,
        })
    }
}
