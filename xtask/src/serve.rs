//! `serve`: builds the page if needed, serves it on this machine and opens it.

use std::convert::Infallible;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::runtime;

use crate::build_id::Quality;
use crate::flags::Flags;
use crate::project::Project;
use crate::site::Site;
use crate::{browse, build, progress};

/// Only this machine can connect.
const HOST: &str = "127.0.0.1";
/// Tried in this order when no port was asked for.
const PORTS: RangeInclusive<u16> = 8080..=8099;
/// Before the next connection is tried when one could not be taken.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves until interrupted.
pub fn run(project: &Project, mut flags: Flags) -> Result<()> {
    let is_quick = flags.switch("--quick");
    let port: Option<u16> = flags.value("--port")?;
    let prefix: Option<String> = flags.value("--prefix")?;
    let as_published = flags.switch("--as-published");
    let stay_closed = flags.switch("--no-open");
    flags.finish()?;

    let prefix = prefix.unwrap_or_default();
    let (site, rest) = if as_published {
        build::ensure_dist(project, Quality::quick_if(is_quick))?;
        (Site::new(project.dist(), &prefix), None)
    } else {
        let (folder, rest) = build::to_begin_with(project)?;
        (Site::new(folder, &prefix).never_kept(), rest)
    };
    let ports = port.map_or(PORTS, |port| port..=port);
    let running = start(site, ports)?;
    println!("Bottleneck is at {} (Ctrl+C ends it)", running.url);
    if !stay_closed {
        browse::open(&running.url);
    }
    if let Some(build) = rest {
        println!("Until its GPU worker is built, it trains on the CPU.");
        let outcome = progress::step("building the GPU worker (minutes)", || build.rest());
        match outcome {
            Ok(()) => println!("Reload the page to train on a GPU: {}", running.url),
            // The page works without.
            Err(error) => eprintln!("error: {error:#}"),
        }
    }
    running.wait();
    Ok(())
}

/// A server at work in a thread of its own.
pub struct Running {
    /// Where the first page is.
    pub url: String,
    thread: thread::JoinHandle<()>,
}

impl Running {
    /// Waits for a server that never ends by itself.
    fn wait(self) {
        // A thread that panicked has said so already.
        let _ = self.thread.join();
    }
}

/// Starts serving at the first of the ports that is free; port 0 is any free one.
pub fn start(site: Site, mut ports: RangeInclusive<u16>) -> Result<Running> {
    let described = format!("{}", ports.start());
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let listener = ports
        .find_map(|port| runtime.block_on(TcpListener::bind((HOST, port))).ok())
        .with_context(|| format!("port {described} is taken; choose another one with --port"))?;
    let url = format!("http://{}{}", listener.local_addr()?, site.prefix());
    let site = Arc::new(site);
    let thread = thread::spawn(move || runtime.block_on(serve(&listener, &site)));
    Ok(Running { url, thread })
}

/// Each connection is a task, so that one which stays open keeps nobody waiting.
async fn serve(listener: &TcpListener, site: &Arc<Site>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many connections are open; one of them has to end first.
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let site = Arc::clone(site);
        let respond = service_fn(move |request| {
            let site = Arc::clone(&site);
            async move { Ok::<_, Infallible>(site.answer(request).await) }
        });
        let connection = http1::Builder::new()
            .title_case_headers(true)
            .serve_connection(TokioIo::new(stream), respond);
        tokio::spawn(async {
            // A browser that has gone away in the middle of an answer is no fault.
            let _ = connection.await;
        });
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::net::TcpStream;
    use std::path::Path;

    use super::*;

    /// More than a browser opens to one host, and more than a small pool of threads has.
    const N_CONNECTIONS: usize = 12;

    /// All that the server says to a request.
    fn exchange(running: &Running, request: &str) -> String {
        let mut stream = connect(running);
        send(&mut stream, request, "Connection: close\r\n");
        let mut answer = String::new();
        stream
            .read_to_string(&mut answer)
            .expect("an answer in text");
        answer
    }

    /// A connection on which nothing is waited for longer than a test may take.
    fn connect(running: &Running) -> TcpStream {
        let stream = TcpStream::connect(host(running)).expect("the server listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .expect("a time above zero");
        stream
    }

    fn host(running: &Running) -> &str {
        let rest = running.url.trim_start_matches("http://");
        rest.split('/').next().unwrap_or_default()
    }

    /// Sends a request with one more line in its head.
    fn send(stream: &mut TcpStream, request: &str, line: &str) {
        write!(
            stream,
            "{request} HTTP/1.1\r\nHost: localhost\r\n{line}\r\n"
        )
        .expect("sent");
    }

    /// The head of an answer and its content, as long as the head says; the connection stays open.
    fn receive(stream: &TcpStream) -> (String, Vec<u8>) {
        let mut reader = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            let n_read = reader.read_line(&mut head).expect("an answer in time");
            assert!(n_read > 0, "closed after {head:?}");
        }
        let mut content = vec![0; length_in(&head).expect("a length")];
        reader.read_exact(&mut content).expect("all of it");
        (head, content)
    }

    fn length_in(head: &str) -> Option<usize> {
        let lines = head.lines();
        let mut lengths = lines.filter_map(|line| line.strip_prefix("Content-Length: "));
        lengths.next()?.parse().ok()
    }

    fn own_folder() -> Site {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf();
        Site::new(folder, "/some/repo/")
    }

    #[test]
    fn a_browser_gets_files_with_their_type_and_a_404_for_the_rest() {
        let running = start(own_folder(), 0..=0).expect("a free port");
        let found = exchange(&running, "GET /some/repo/Cargo.toml");
        assert!(found.starts_with("HTTP/1.1 200"));
        assert!(found.contains("Cache-Control: no-cache"));
        assert!(found.contains("name = \"xtask\""));
        assert!(exchange(&running, "GET /Cargo.toml").starts_with("HTTP/1.1 404"));
        let refused = exchange(&running, "POST /some/repo/Cargo.toml");
        assert!(refused.starts_with("HTTP/1.1 405") && refused.contains("Allow: GET,HEAD"));
        let head = exchange(&running, "HEAD /some/repo/Cargo.toml");
        assert!(!head.contains("xtask"));
        assert_eq!(length_in(&head), length_in(&found));
        let moved = exchange(&running, "GET /some/repo");
        assert!(moved.starts_with("HTTP/1.1 308") && moved.contains("Location: /some/repo/"));
    }

    #[test]
    fn many_connections_that_stay_open_are_all_answered() {
        let running = start(own_folder(), 0..=0).expect("a free port");
        let mut streams: Vec<_> = (0..N_CONNECTIONS).map(|_| connect(&running)).collect();
        for _ in 0..2 {
            for stream in &mut streams {
                send(stream, "GET /some/repo/Cargo.toml", "");
            }
            // The last ones first: nobody may wait for an earlier connection to be done with.
            for stream in streams.iter().rev() {
                let (head, content) = receive(stream);
                assert!(head.starts_with("HTTP/1.1 200"), "{head}");
                assert!(content.starts_with(b"[package]"));
            }
        }
    }
}
