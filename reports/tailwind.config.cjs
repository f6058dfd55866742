/** Fonts that are on the readers' machines: nothing is fetched. */
const chinese = ['"Microsoft YaHei"', '"PingFang SC"', '"Noto Sans CJK SC"', 'sans-serif'];

/** @type {import("tailwindcss").Config} */
module.exports = {
	theme: {
		extend: {
			fontFamily: {
				sans: chinese,
				ui: chinese
			}
		}
	}
};
