//! `serve`: builds the page if needed, serves it on this machine and opens it.

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::thread;

use anyhow::{Context, Result, anyhow};
use tiny_http::{Header, Method, Request, Response, Server};

use crate::build_id::Quality;
use crate::flags::Flags;
use crate::project::Project;
use crate::site::{Answer, Site};
use crate::{browse, build};

/// Only this machine can connect.
const HOST: &str = "127.0.0.1";
/// Tried in this order when no port was asked for.
const PORTS: RangeInclusive<u16> = 8080..=8099;
/// A browser asks for about as many files at once.
const N_THREADS: usize = 6;

/// Serves until interrupted.
pub fn run(project: &Project, mut flags: Flags) -> Result<()> {
    let quality = Quality::from_flags(&mut flags);
    let port: Option<u16> = flags.value("--port")?;
    let prefix: Option<String> = flags.value("--prefix")?;
    let stay_closed = flags.switch("--no-open");
    flags.finish()?;

    build::ensure_dist(project, quality)?;
    let site = Site::new(project.dist(), &prefix.unwrap_or_default());
    let ports = port.map_or(PORTS, |port| port..=port);
    let running = start(site, ports)?;
    println!("Bottleneck is at {} (Ctrl+C ends it)", running.url);
    if !stay_closed {
        browse::open(&running.url);
    }
    running.wait();
    Ok(())
}

/// A server at work in threads of its own.
pub struct Running {
    /// Where the first page is.
    pub url: String,
    threads: Vec<thread::JoinHandle<()>>,
}

impl Running {
    /// Waits for a server that never ends by itself.
    fn wait(self) {
        for thread in self.threads {
            // A thread that panicked has said so already.
            let _ = thread.join();
        }
    }
}

/// Starts serving at the first of the ports that is free; port 0 is any free one.
pub fn start(site: Site, mut ports: RangeInclusive<u16>) -> Result<Running> {
    let described = format!("{}", ports.start());
    let server = ports
        .find_map(|port| Server::http((HOST, port)).ok())
        .with_context(|| format!("port {described} is taken; choose another one with --port"))?;
    let address = server
        .server_addr()
        .to_ip()
        .context("the server has no address; choose another port with --port")?;
    let url = format!("http://{address}{}", site.prefix());
    let (server, site) = (Arc::new(server), Arc::new(site));
    let threads = (0..N_THREADS)
        .map(|_| {
            let (server, site) = (Arc::clone(&server), Arc::clone(&site));
            thread::spawn(move || serve(&server, &site))
        })
        .collect();
    Ok(Running { url, threads })
}

fn serve(server: &Server, site: &Site) {
    while let Ok(request) = server.recv() {
        // A browser that has gone away in the middle of an answer is no fault.
        let _ = respond(request, site);
    }
}

fn respond(request: Request, site: &Site) -> Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return Ok(
            request.respond(Response::empty(405).with_header(header("Allow", "GET, HEAD")?))?
        );
    }
    match site.answer(request.url()) {
        Answer::File { content, mime_type } => {
            let response = Response::from_data(content)
                // With its length, as static hosts send it, so that the page can say how much has arrived.
                .with_chunked_threshold(usize::MAX)
                .with_header(header("Content-Type", mime_type)?)
                .with_header(header("Cache-Control", "no-cache")?);
            request.respond(response)?;
        }
        Answer::MovedTo(path) => {
            request.respond(Response::empty(308).with_header(header("Location", &path)?))?;
        }
        Answer::NotFound => request
            .respond(Response::from_string("There is no such file.\n").with_status_code(404))?,
    }
    Ok(())
}

fn header(name: &str, value: &str) -> Result<Header> {
    Header::from_bytes(name, value).map_err(|()| anyhow!("{name}: {value:?} is no header"))
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::path::Path;

    use super::*;

    fn exchange(running: &Running, request: &str) -> String {
        let address = running
            .url
            .trim_start_matches("http://")
            .split('/')
            .next()
            .unwrap_or_default();
        let mut stream = TcpStream::connect(address).expect("the server listens");
        write!(
            stream,
            "{request} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )
        .expect("sent");
        let mut answer = String::new();
        stream
            .read_to_string(&mut answer)
            .expect("an answer in text");
        answer
    }

    #[test]
    fn a_browser_gets_files_with_their_type_and_a_404_for_the_rest() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf();
        let running = start(Site::new(folder, "/some/repo/"), 0..=0).expect("a free port");
        let found = exchange(&running, "GET /some/repo/Cargo.toml");
        assert!(found.starts_with("HTTP/1.1 200"));
        assert!(found.contains("Cache-Control: no-cache"));
        assert!(found.contains("name = \"xtask\""));
        assert!(exchange(&running, "GET /Cargo.toml").starts_with("HTTP/1.1 404"));
        assert!(exchange(&running, "POST /some/repo/Cargo.toml").starts_with("HTTP/1.1 405"));
        assert!(!exchange(&running, "HEAD /some/repo/Cargo.toml").contains("xtask"));
    }
}
