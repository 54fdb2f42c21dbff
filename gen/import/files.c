#include "import/files.h"

#include "base/fs.h"

#include <unistd.h>

/* The folder of media, or NULL if there are none. */
static char *
media_folder(const struct import *im, const char *folder)
{
	return im->media->len ? g_build_filename(folder, "images", NULL) : NULL;
}

/* True if nothing is there. */
static bool
is_free(struct import *im, const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);

	if (!g_file_test(path, G_FILE_TEST_EXISTS) &&
	    !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
		return true;
	diag_at(im->diag, DIAG_IMPORT_EXISTS, (struct loc){ NULL, 0, 0 }, "%s",
	    path);
	return false;
}

/* A link could lead out of the folder. */
static bool
is_inside(struct import *im, const char *folder, const char *media)
{
	g_autofree char *above = fs_real(folder);
	g_autofree char *below = fs_real(media);

	return fs_contains(above, below) ||
	    diag_machine(im->diag, "'%s' is a link that leaves '%s'", media,
		folder);
}

static bool
check(struct import *im, GArray *files, const char *folder)
{
	bool ok = true;

	for (guint i = 0; i < files->len;) {
		const struct printed *f = &g_array_index(files, struct printed,
		    i);
		g_autofree char *path = g_build_filename(folder, f->name, NULL);
		if (f->is_stub && g_file_test(path, G_FILE_TEST_EXISTS)) {
			g_array_remove_index(files, i);
			continue;
		}
		ok = is_free(im, folder, f->name) && ok;
		i++;
	}
	for (guint i = 0; i < im->media->len; i++)
		ok = is_free(im, folder,
			 g_array_index(im->media, struct medium, i).name) &&
		    ok;
	return ok;
}

static bool
create(struct import *im, GPtrArray *done, const char *folder, const char *name,
    struct str bytes)
{
	char *path = g_build_filename(folder, name, NULL);

	if (!fs_create(path, bytes, im->diag)) {
		g_free(path);
		return false;
	}
	g_ptr_array_add(done, path);
	return true;
}

static bool
write_all(struct import *im, GArray *files, const char *folder, GPtrArray *done)
{
	for (guint i = 0; i < im->media->len; i++) {
		const struct medium *m = &g_array_index(im->media,
		    struct medium, i);
		if (!create(im, done, folder, m->name, m->bytes))
			return false;
	}
	for (guint i = 0; i < files->len; i++) {
		const struct printed *f = &g_array_index(files, struct printed,
		    i);
		if (!create(im, done, folder, f->name, f->bytes))
			return false;
	}
	return true;
}

bool
files_write(struct import *im, GArray *files, const char *folder,
    bool is_dry_run)
{
	g_autofree char *media = media_folder(im, folder);

	if (!check(im, files, folder))
		return false;
	if (is_dry_run)
		return true;
	if (!fs_mkdirs(folder, im->diag))
		return false;
	if (media &&
	    !(is_inside(im, folder, media) && fs_mkdirs(media, im->diag)))
		return false;
	g_autoptr(GPtrArray) done = g_ptr_array_new_with_free_func(g_free);
	if (write_all(im, files, folder, done))
		return true;
	/* What was begun goes again; the failure has been reported. */
	for (guint i = 0; i < done->len; i++)
		(void)unlink(done->pdata[i]);
	return false;
}
