import config from "./playwright.config";

export default {
  ...config,
  projects: config.projects
    ?.filter(({ name }) => name === "cpu")
    .map((project) => ({ ...project, testMatch: "screenshots.ts" })),
};
