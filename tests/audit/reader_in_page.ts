// Bundled and put into the page by reader.spec.ts.
import { virtual } from "@guidepup/virtual-screen-reader";

window.reader = virtual;
