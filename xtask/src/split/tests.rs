//! Programs of a few functions, cut in two.

use super::*;

/// A program in which `main`, exported, calls a seam by its name and something rare through the table; both call what
/// is common.
fn whole() -> Vec<u8> {
    let mut module = Module::default();
    let function = |name: &str, calls: &[FunctionId], module: &mut Module| {
        let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
        builder.name(name.to_owned());
        for id in calls {
            builder.func_body().call(*id);
        }
        builder.finish(Vec::new(), &mut module.funcs)
    };
    let common = function("common", &[], &mut module);
    let behind = function("behind", &[common], &mut module);
    let seam = function(SEAM_NAME, &[behind, common], &mut module);
    let main = function("main", &[common, seam], &mut module);
    module.exports.add("main", main);
    let memory = module.memories.add_local(false, false, 1, None, None);
    let offset = ConstExpr::Value(Value::I32(1024));
    let data = module.data.add(
        DataKind::Active { memory, offset },
        b"all--few--all".to_vec(),
    );
    module.memories.get_mut(memory).data_segments.insert(data);
    module.exports.add("memory", memory);
    let table = module
        .tables
        .add_local(false, 3, Some(3), walrus::RefType::FUNCREF);
    let offset = ConstExpr::Value(Value::I32(1));
    let kind = ElementKind::Active { table, offset };
    let items = ElementItems::Functions(vec![common, behind]);
    let element = module.elements.add(kind, items);
    module.tables.get_mut(table).elem_segments.insert(element);
    module.emit_wasm()
}

const SEAM_NAME: &str = "_ZN10bottleneck4page5share13rare_contents17h0123456789abcdefE";

fn behind() -> Behind<'static> {
    Behind {
        functions: HashSet::from(["behind", SEAM_NAME]),
        memory: std::iter::once(1029..1032).collect(),
    }
}

/// The functions that a program has, by name.
fn own(module: &Module) -> Vec<&str> {
    let functions = module.funcs.iter();
    let own = functions.filter(|it| matches!(it.kind, FunctionKind::Local(_)));
    let mut names: Vec<_> = own.filter_map(|it| it.name.as_deref()).collect();
    names.sort_unstable();
    names
}

/// What stands in the first table, place by place, by name.
fn in_table(module: &Module) -> Vec<(i32, &str)> {
    let mut found = Vec::new();
    for element in module.elements.iter() {
        let (ElementKind::Active { offset, .. }, ElementItems::Functions(items)) =
            (&element.kind, &element.items)
        else {
            panic!("a segment that is not laid out: {element:?}");
        };
        let ConstExpr::Value(Value::I32(start)) = offset else {
            panic!("a segment without a place: {element:?}");
        };
        for (slot, item) in (*start..).zip(items) {
            found.push((slot, module.funcs.get(*item).name.as_deref().unwrap_or("")));
        }
    }
    found
}

fn in_memory(module: &Module) -> Vec<&[u8]> {
    module.data.iter().map(|it| it.value.as_slice()).collect()
}

#[test]
fn each_half_has_its_own_and_the_second_asks_the_first_for_the_rest() {
    let (first, second) = halves(&whole(), &behind(), "a build").expect("two programs");
    let first = ModuleConfig::new().parse(&first).expect("a program");
    let second = ModuleConfig::new().parse(&second).expect("a program");
    // What is called by its name stays as a way through the table.
    assert_eq!(own(&first), [SEAM_NAME, "common", "main"]);
    assert_eq!(own(&second), [SEAM_NAME, "behind"]);
    assert_eq!(in_table(&first), [(1, "common"), (2, "")]);
    assert_eq!(in_table(&second), [(2, "behind"), (3, SEAM_NAME)]);
    assert_eq!(table_size(&first).expect("a table"), 4);
    assert_eq!(in_memory(&first), [b"all--\0\0\0--all"]);
    assert_eq!(in_memory(&second), [b"few"]);
    let exports: HashSet<_> = first.exports.iter().map(|it| it.name.as_str()).collect();
    assert!(exports.contains("main"));
    for import in second.imports.iter() {
        assert_eq!(import.module, "a build");
        assert!(exports.contains(import.name.as_str()), "{}", import.name);
    }
}

#[test]
fn a_page_without_rare_parts_is_not_cut() {
    let nothing = Behind::default();
    assert!(halves(&whole(), &nothing, "").is_err());
    assert!(Uses::of(&whole()).is_err(), "it has no relocations");
}

#[test]
fn a_seam_is_known_by_the_last_part_of_its_name() {
    assert!(is_seam(SEAM_NAME));
    let of_a_closure = SEAM_NAME.replace("17h", "28_$u7b$$u7b$closure$u7d$$u7d$17h");
    assert!(!is_seam(&of_a_closure));
    assert!(!is_seam("_ZN10bottleneck4rare5share17h0123456789abcdefE"));
    assert!(!is_seam("rare_contents") && !is_seam(""));
}
