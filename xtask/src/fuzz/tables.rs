//! Good tables of every kind that people bring: rows, ARFF, curves, recordings along time, pixels.

use std::fmt::Write as _;

/// Tables whose rows are items, in the writings that people have.
pub fn tables() -> Vec<Vec<u8>> {
    let texts = [
        "name,age,city\nann,20,bonn\nbob,70,ulm\ncem,45,\"bonn\"\n",
        "20,bonn\n70,ulm\n45,bonn\n",
        "a;b\r\n1,5;\"x\ny\"\r\n\r\n2;z\r\n",
        "a\tb\tc\n1e-3\t-2.25\t\n4\t5\tx\n",
        "kind,colour\na,red\nb,red\na,blue\n",
        "\u{feff}größe,wort\n1,\"a, \"\"b\"\"\"\n2,c\n",
        "1\n2\n3\n",
        "5.1,3.5,1.4,0.2,setosa\n4.9,3.0,1.4,0.2,setosa\n7.0,3.2,4.7,1.4,versicolor\n6.3,3.3,6.0,2.5,virginica\n",
        "sep=;\nReport of May\n\nn;amount;label\n1;1.247,50 €;normal\n2;?;fraud\n3;n/a;normal\n4;40,33;normal\n",
        "when|flow | x\n2024-01-01 00:00|3|4E19\n2024-01-01 00:05|-|51\n2024-01-01 00:10|inf|7\n",
    ];
    let mut samples: Vec<_> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    let little_endian = texts[0].encode_utf16().flat_map(u16::to_le_bytes);
    samples.push([0xff, 0xfe].into_iter().chain(little_endian).collect());
    samples.push(b"stra\xdfe,n\nm\xfcller,1\nweg,2\n".to_vec());
    samples
}

/// Tables of Weka's format.
pub fn arff() -> Vec<Vec<u8>> {
    let texts = [
        "% a note\n@RELATION people\n@attribute 'full name' string\n@attribute age numeric\n\
         @attribute class {normal,'not normal'}\n@data\n'ann o\\'neill',20,normal\n\"bob\",?,'not normal'\n% end\ncem,45,normal\n",
        "@relation r\n@attribute a real\n@attribute b real\n@data\n1,2\n3,4\n5,6\n",
        "@relation r\n@attribute a real\n@data\n{0 5}\n",
    ];
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// Rows of a class and a curve, as the UCR archive has them: with commas, with tabs, with spaces.
pub fn curves() -> Vec<Vec<u8>> {
    let row = |row: usize, separator: &str| {
        let sample = |at: usize| ((row + at) as f32 * 0.4).sin() + (row % 2) as f32;
        (0..17).fold(format!("{}", 1 + row % 2), |mut text, at| {
            // A text takes everything.
            let _ = write!(text, "{separator}{:.2}", sample(at));
            text
        }) + "\n"
    };
    let text = |separator| (0..8).map(|idx| row(idx, separator)).collect::<String>();
    [",", "\t", "  "]
        .map(|separator| text(separator).into_bytes())
        .to_vec()
}

/// Recordings along time: running seconds with decimal points, and dates with decimal commas.
pub fn recordings() -> Vec<Vec<u8>> {
    let level = |row: usize| (row as f32 * 0.5).sin() * 5.0;
    let seconds = |row: usize| format!("{row},{:.1}\n", level(row));
    let dates = |row: usize| {
        let (hour, minute) = (row / 60, row % 60);
        let level = format!("{:.1}", level(row)).replace('.', ",");
        format!("01.05.2024 {hour:02}:{minute:02};{level}\n")
    };
    let all = |head: &str, row: &dyn Fn(usize) -> String| {
        head.to_owned() + &(0..210).map(row).collect::<String>()
    };
    [all("t,x\n", &seconds), all("time;x\n", &dates)]
        .map(String::into_bytes)
        .to_vec()
}

/// A label and a column for each pixel of 4 × 4, with and without names, the label before and after.
pub fn pixels() -> Vec<Vec<u8>> {
    let row = |row: usize, n_pixels: usize| {
        let pixels = (0..n_pixels).map(|at| (row * 37 + at * 16) % 256);
        pixels
            .map(|it| it.to_string())
            .collect::<Vec<_>>()
            .join(",")
    };
    let names = |n_pixels: usize| {
        let names = (0..n_pixels).map(|at| format!("pixel{at}"));
        names.collect::<Vec<_>>().join(",")
    };
    let before = (0..4).map(|idx| format!("{},{}\n", idx % 3, row(idx, 16)));
    let after = (0..4).map(|idx| format!("{},c{}\n", row(idx, 16), idx % 2));
    let bare = (0..4).map(|idx| format!("{},{}\n", idx % 3, row(idx, 64)));
    [
        format!("label,{}\n{}", names(16), before.collect::<String>()),
        format!("{},class\n{}", names(16), after.collect::<String>()),
        bare.collect(),
    ]
    .map(String::into_bytes)
    .to_vec()
}
