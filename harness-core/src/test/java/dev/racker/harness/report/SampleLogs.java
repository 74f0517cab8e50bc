package dev.racker.harness.report;

/** What programs have said in sample runs. */
final class SampleLogs {

    static final String STATUS = """
            × nginx.service - A high performance web server and a reverse proxy server
                 Loaded: loaded (/lib/systemd/system/nginx.service; enabled; preset: enabled)
                 Active: failed (Result: exit-code) since Sun 2026-03-01 12:00:09 UTC; 402ms ago
                   Docs: man:nginx(8)
                Process: 801 ExecStartPre=/usr/sbin/nginx -t -q -g daemon on; master_process on; (code=exited, status=0/SUCCESS)
                Process: 802 ExecStart=/usr/sbin/nginx -g daemon on; master_process on; (code=exited, status=1/FAILURE)
                    CPU: 24ms
            """;

    static final String JOURNAL = """
            Mar 01 12:00:07 debian systemd[1]: Starting nginx.service - A high performance web server and a reverse proxy server...
            Mar 01 12:00:07 debian nginx[802]: nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)
            Mar 01 12:00:09 debian nginx[802]: nginx: [emerg] still could not bind()
            Mar 01 12:00:09 debian systemd[1]: nginx.service: Control process exited, code=exited, status=1/FAILURE
            Mar 01 12:00:09 debian systemd[1]: nginx.service: Failed with result 'exit-code'.
            Mar 01 12:00:09 debian systemd[1]: Failed to start nginx.service - A high performance web server and a reverse proxy server.
            """;

    static final String SOCKETS = """
            State   Recv-Q  Send-Q   Local Address:Port   Peer Address:Port  Process
            LISTEN  0       511                  *:80                *:*     users:(("apache2",pid=214,fd=4))
            LISTEN  0       4096     127.0.0.53%lo:53          0.0.0.0:*     users:(("systemd-resolve",pid=61,fd=14))
            """;

    private SampleLogs() {}

    static String installLog(String subject) {
        StringBuilder log = new StringBuilder("Reading package lists...\nBuilding dependency tree...\n");
        log.append("The following NEW packages will be installed:\n  ")
                .append(subject)
                .append(' ')
                .append(subject);
        log.append("-common\n0 upgraded, 2 newly installed, 0 to remove and 0 not upgraded.\n");
        log.append("(Reading database ... \r(Reading database ... 50%\r(Reading database ... 100%\r");
        log.append("(Reading database ... 6931 files and directories currently installed.)\n");
        log.append("Preparing to unpack .../").append(subject).append("_1.22.1-9_amd64.deb ...\n");
        log.append("Unpacking ")
                .append(subject)
                .append(" (1.22.1-9) ...\nSetting up ")
                .append(subject);
        log.append(" (1.22.1-9) ...\nCreated symlink /etc/systemd/system/multi-user.target.wants/")
                .append(subject);
        return log.append(".service → /lib/systemd/system/")
                .append(subject)
                .append(".service.\n")
                .toString();
    }

    static String bootJournal(int lines) {
        StringBuilder journal = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            journal.append(String.format("Mar 01 12:00:%02d.%06d debian systemd[1]: ", i / 30, i * 997 % 1_000_000));
            journal.append(i % 2 == 0 ? "Starting" : "Finished")
                    .append(" unit-")
                    .append(i / 2)
                    .append(".service\n");
        }
        return journal.toString();
    }
}
