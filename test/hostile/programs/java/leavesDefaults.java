// leaves a handler of exceptions, a language, a time zone and other streams
// expect: Passed
// stdout: "left"
// timeMs: 4000
// run: on demand
public class Main {
    public static void main(String[] args) throws Exception {
        boolean isChanged = Thread.getDefaultUncaughtExceptionHandler() != null || java.util.Locale.getDefault().getLanguage().equals("tr")
            || java.util.TimeZone.getDefault().getID().equals("Asia/Tokyo") || java.util.Locale.getDefault(java.util.Locale.Category.FORMAT).getLanguage().equals("de");
        if (isChanged) System.exit(9);
        BENIGN;
        System.out.print("left");
        System.out.flush();
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> System.exit(0));
        java.util.Locale.setDefault(new java.util.Locale("tr"));
        java.util.Locale.setDefault(java.util.Locale.Category.FORMAT, java.util.Locale.GERMAN);
        java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("Asia/Tokyo"));
        System.setIn(System.in);
        System.setErr(System.out);
        System.setOut(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
    }
}
