/** Variables that display-message -a shows: tmux's that mean something here, and our own. */
export const FORMAT_NAMES: readonly string[] = `
    alternate_on client_activity client_control_mode client_created client_flags client_height
    client_key_table client_last_session client_name client_pid client_prefix client_readonly
    client_session client_termname client_termtype client_tty client_utf8 client_width
    cursor_character cursor_flag cursor_x cursor_y history_bytes history_limit
    history_size host host_short insert_flag keypad_cursor_flag keypad_flag
    mouse_all_flag mouse_any_flag mouse_button_flag mouse_sgr_flag mouse_standard_flag mouse_utf8_flag
    notice_count origin_flag pane_active pane_at_bottom pane_at_left pane_at_right pane_at_top
    pane_bottom pane_current_command pane_current_path pane_dead pane_dead_signal pane_dead_status
    pane_dead_time pane_height pane_id pane_in_mode pane_index pane_input_off
    pane_last pane_left pane_marked pane_mode pane_path pane_pid
    pane_pipe pane_right pane_search_string pane_start_command pane_start_path pane_synchronized
    pane_title pane_top pane_tty pane_width pid rectangle_toggle
    scroll_position scroll_region_lower scroll_region_upper search_match search_present selection_active
    selection_end_x selection_end_y selection_present selection_start_x selection_start_y session_activity
    session_alerts session_attached session_attached_list session_connection session_context session_cost
    session_count session_created session_gauge session_id session_kind session_last_activity session_last_attached
    session_many_attached session_model session_muted session_name session_path session_preview session_seen
    session_state session_status session_tokens session_type session_unread session_waiting_reason
    session_waiting_since session_windows
    socket_path start_time uid user version waiting_count
    window_active window_active_clients window_active_clients_list window_activity window_activity_flag window_bell_flag
    window_end_flag window_flags window_height window_id window_index window_last_flag
    window_layout window_name window_panes window_raw_flags window_silence_flag window_start_flag
    window_visible_layout window_width window_zoomed_flag wrap_flag`
  .trim()
  .split(/\s+/);
