//! What Linux says of this process.

use std::fs;
use std::time::Duration;

/// The most memory that it has held, in megabytes; `None` where the system has no `/proc`.
pub fn peak_megabytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    peak_in(&status)
}

/// Counting what is allocated would take unsafe code; Linux counts what is held.
fn peak_in(status: &str) -> Option<u64> {
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1_000)
}

/// How long this thread has worked, without the time in which others did; `None` where the system has no `/proc`.
pub fn own_time() -> Option<Duration> {
    let times = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = times.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_read_from_linuxs_own_words() {
        let status = "Name:\txtask\nVmPeak:\t  900000 kB\nVmHWM:\t  123456 kB\nVmRSS:\t  1000 kB\n";
        assert_eq!(peak_in(status), Some(123));
        assert_eq!(peak_in("Name:\txtask\n"), None);
    }
}
