import { defaultImage, images } from "../config/image/images";

/** How every image command explains its option `--image`. */
export const imageHelp = `  --image NAME   one of ${Object.keys(images).join(", ")}
                 (default: ${defaultImage})`;
