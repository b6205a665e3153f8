// The layouts of `Templates/` are generated into this module by the `EmbedTemplates` plugin.
